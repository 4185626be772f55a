import type { VNode } from 'preact';
import type { Evidence } from '../../../evidence/evidence.ts';
import { hasMismatch, type Status } from '../../../evidence/status.ts';
import { ObservationPill, StatusPill } from './Pill.tsx';

interface MarksProps {
  readonly status: Status;
  /** The published numbers that belong to the claim. */
  readonly observations: Evidence['observations'];
}

/** A claim's status, and beside it the sign of a published number that did not reproduce. */
export function Marks({ status, observations }: MarksProps): VNode {
  return (
    <>
      <StatusPill status={status} />
      {hasMismatch(observations) && (
        <>
          {' '}
          <ObservationPill verdict="not-reproduced" />
        </>
      )}
    </>
  );
}
