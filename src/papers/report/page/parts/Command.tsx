import type { VNode } from 'preact';

/** A shell command: one click selects it all; a script of the page, where it runs, adds a copy button. */
export function Command({ text, label }: { readonly text: string; readonly label: string }): VNode | null {
  if (text === '') return null;
  return (
    <p class="command">
      <span class="command-label">{label}</span>
      <code>{text}</code>
    </p>
  );
}
