import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';

/** A shell command with a button that copies it, or selects it where a page may not copy. */
export function CopyCommand({ text, label }: { readonly text: string; readonly label: string }): VNode {
  const code = useRef<HTMLElement>(null);
  const [done, setDone] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setDone(text);
    } catch {
      if (code.current !== null) getSelection()?.selectAllChildren(code.current);
    }
  };
  return (
    <p class="command">
      <span class="command-label">{label}</span>
      <code id="replay" ref={code}>
        {text}
      </code>
      <button type="button" onClick={() => void copy()}>
        {done === text ? 'Copied' : 'Copy'}
      </button>
    </p>
  );
}
