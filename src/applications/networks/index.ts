/** The door of this room: what programs and people import. */

export type { SingularVectors } from '../../numerics/linalg/singularVectors.ts';
export type { EigenFailure } from '../../numerics/linalg/symmetricEigen.ts';
export { type HessianDescentOptions, hessianDescent } from '../../numerics/optimize/hessianDescent.ts';
export { type LbfgsOptions, lbfgs } from '../../numerics/optimize/lbfgs.ts';
export type { Objective } from '../../numerics/optimize/objective.ts';
export type {
  Descent,
  DescentOutcome,
  DescentStep,
  Optimizer,
  StationarityGoal,
} from '../../numerics/optimize/optimizer.ts';
export { type RandomStream, randomStream } from '../../numerics/random/stream.ts';
export { type Activation, erf, gelu, hermite, sine, smoothRelu, tanh } from './model/activations.ts';
export { initialParameters } from './model/initialParameters.ts';
export {
  type FrozenOutputNetwork,
  frozenOutputConstants,
  inputMoments,
  type RiskConstants,
} from './model/lipschitzConstants.ts';
export {
  angular,
  gemanMcClure,
  type Loss,
  logCosh,
  logistic,
  losses,
  pseudoHuber,
  squared,
} from './model/losses.ts';
export {
  type Block,
  type BlockName,
  irrelevantNorm,
  type NetworkLayout,
  networkLayout,
} from './model/networkLayout.ts';
export {
  type EnclosedRisk,
  type EnclosedRiskOptions,
  type EnclosureErrors,
  enclosedRisk,
} from './risk/enclosedRisk.ts';
export { completedFrame, randomFrame, rotatedNodes } from './risk/frame.ts';
export { type GaussianRiskOptions, gaussianRisk } from './risk/gaussianRisk.ts';
export type { LabelledNodes } from './risk/labelledNodes.ts';
export { type LabelNoise, noiseless } from './risk/labelledNodes.ts';
export { type NetworkRisk, type NetworkRiskOptions, networkRisk } from './risk/networkRisk.ts';
export { crossedNodes, gaussianRiskNodes, productNodes, type RiskNodes } from './risk/productNodes.ts';
export { sphericalNodes } from './risk/sphericalNodes.ts';
export { type SquashedRisk, type SquashedRiskOptions, squashedRisk } from './risk/squashedRisk.ts';
export { flipNoise, indexTeacher, signTeacher, type Teacher, twoPointNoise } from './risk/teacher.ts';
export {
  type CertifiedStructure,
  certifyStructure,
  compressedFirstLayer,
  type DescentPlan,
  discoverStructure,
  firstLayerSpectrum,
  type NotAffordable,
  predictionLipschitz,
  type StructureDiscovery,
} from './study/discoverStructure.ts';
export { type JointCertificate, type JointProblem, jointCertificate } from './study/jointCertificate.ts';
export { type LowRankFactors, lowRankFactors, rankForChange } from './study/lowRank.ts';
export {
  type GaussianityStudy,
  type SpectrumStudy,
  spectrumOf,
  studyGaussianity,
  studySpectrum,
} from './study/matrixStudy.ts';
export { activationsByName, type StudentProblem, studentRisk } from './study/studentProblem.ts';
export {
  type Discovered,
  type StudentTraining,
  type TrainingOutcome,
  type TrainingProgress,
  trainStudent,
} from './study/trainStudent.ts';
export { type BackendName, backendNames, loadTensors, type Tensors } from './tensors/tensorBackend.ts';
export {
  type BatchGradient,
  type NetworkTensors,
  type TensorNetwork,
  tensorNetwork,
} from './tensors/tensorNetwork.ts';
export { gaussianLaw, type InputLaw, sampleNodes } from './training/inputSamples.ts';
export { type OnlineTraining, type OnlineTrainingOptions, trainOnline } from './training/onlineTraining.ts';
export {
  type PublishedSetting,
  publishedSettings,
  trainPublished,
} from './training/publishedSettings.ts';
