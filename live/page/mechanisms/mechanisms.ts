import type { FunctionComponent } from 'preact';
import { CutPanel } from './CutPanel.tsx';
import { PointsPanel } from './PointsPanel.tsx';
import { ToyPanel } from './ToyPanel.tsx';

/** What a mechanism is shown with: its settings stand in the address, so that a view can be sent as a link. */
export interface MechanismProps {
  readonly settings: Readonly<Record<string, string>>;
  readonly change: (settings: Readonly<Record<string, string>>) => void;
}

/** Something of the paper that can be watched. */
export interface Mechanism {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly Panel: FunctionComponent<MechanismProps>;
}

export const mechanisms: readonly Mechanism[] = [
  {
    id: 'toy',
    label: 'Figures 1 and 2',
    title: 'one weight, with its bias frozen or trained',
    Panel: ToyPanel,
  },
  {
    id: 'cut',
    label: 'MAXCUT',
    title: 'a graph of your own, and the cut that a descent finds',
    Panel: CutPanel,
  },
  {
    id: 'points',
    label: 'Johnson–Lindenstrauss',
    title: 'points of your own, and the matrix that a descent finds',
    Panel: PointsPanel,
  },
];
