import { type ComponentChildren, h, type VNode } from 'preact';

interface ScrollsProps {
  readonly label: string;
  readonly className?: string;
  readonly children: ComponentChildren;
}

/**
 * A wide thing that scrolls inside itself.
 *
 * It takes the focus, as WCAG 2.1.1 asks of anything that scrolls, so that arrow keys reach what is out of sight; a
 * script of the page, where it runs, takes that away again from boxes that show all they hold.
 */
export function Scrolls({ label, className = '', children }: ScrollsProps): VNode {
  return h(
    'div',
    { class: `scrolls ${className}`, role: 'group', 'aria-label': label, tabIndex: 0 },
    children,
  );
}
