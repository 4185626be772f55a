import { render } from 'preact';
import type { PageData } from '../pageData.ts';
import { App } from './App.tsx';

const root = document.getElementById('root');
if (root !== null) {
  const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '');
  root.replaceChildren();
  render(<App data={data} />, root);
}
