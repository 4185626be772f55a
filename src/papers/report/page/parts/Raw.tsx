import type { VNode } from 'preact';

/** Puts markup of our own making (a drawing, rendered mathematics) into the page as it is. */
export function Raw({
  markup,
  className = '',
}: {
  readonly markup: string;
  readonly className?: string;
}): VNode {
  return <div class={className} dangerouslySetInnerHTML={{ __html: markup }} />;
}
