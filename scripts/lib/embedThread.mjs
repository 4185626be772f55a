// Worker threads start without the TypeScript loader of the main thread; this registers it and hands over.
import { register } from 'tsx/esm/api';

register();
await import('./embedThread.ts');
