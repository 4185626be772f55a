import type { VNode } from 'preact';

interface SliderProps {
  readonly id: string;
  readonly label: string;
  /** What the value is called beside the label. */
  readonly shown: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly change: (value: number) => void;
}

/** A labelled slider with its value in words. */
export function Slider({ id, label, shown, value, least, most, step, change }: SliderProps): VNode {
  return (
    <p class="slider">
      <label for={id}>
        {label} <output for={id}>{shown}</output>
      </label>
      <input
        id={id}
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={shown}
        onInput={({ currentTarget }) => change(Number(currentTarget.value))}
      />
    </p>
  );
}
