import type { Objective } from './objective.ts';

/** The objective, infinite everywhere once the signal is aborted: no step is then accepted, and a descent ends. */
export function interruptible(objective: Objective, signal: AbortSignal): Objective {
  return {
    dimension: objective.dimension,
    value: (x) => (signal.aborted ? Infinity : objective.value(x)),
    gradientInto: (out, x) => objective.gradientInto(out, x),
    hessianVectorInto: (out, x, direction) => objective.hessianVectorInto(out, x, direction),
  };
}
