import type { VNode } from 'preact';
import {
  type ObservationStatus,
  observationLooks,
  type Status,
  statusLooks,
} from '../../../evidence/status.ts';

/** A claim's status as sign and word. */
export function StatusPill({ status }: { readonly status: Status }): VNode {
  return <Pill className={`status-${status}`} {...statusLooks[status]} />;
}

/** The verdict on a published number as sign and word. */
export function ObservationPill({ verdict }: { readonly verdict: ObservationStatus }): VNode {
  return <Pill className={`status-${verdict}`} {...observationLooks[verdict]} />;
}

function Pill({ className, sign, word }: { className: string; sign: string; word: string }): VNode {
  return (
    <span class={`pill ${className}`}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
