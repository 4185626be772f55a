import { type ComponentChildren, h, type VNode } from 'preact';

interface ScrollsProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/**
 * A wide thing that scrolls inside itself.
 *
 * It takes the focus, as WCAG 2.1.1 asks of anything that scrolls, so that arrow keys reach what is out of sight.
 */
export function Scrolls({ label, children }: ScrollsProps): VNode {
  return h('section', { class: 'scrolls', 'aria-label': label, tabIndex: 0 }, children);
}
