import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type * as tfjs from '@tensorflow/tfjs-core';

/** The backends that can run tensors, in order of preference. */
export const backendNames = ['tensorflow', 'wasm', 'cpu'] as const;

/** `tensorflow` is the native library under tfjs-node, `wasm` WebAssembly, `cpu` plain JavaScript. */
export type BackendName = (typeof backendNames)[number];

/** A tensor library that is ready, with the name of what runs it. */
export interface Tensors {
  readonly tf: typeof tfjs;
  readonly backend: BackendName;
  /** Why each preferred backend before this one was passed over; empty if none was. */
  readonly passedOver: readonly string[];
}

/**
 * Loads the first of the named backends that works.
 *
 * The packages are imported only here and only when asked for. The native one is optional: where it cannot be
 * loaded the next is taken, and `passedOver` says why.
 *
 * @param names tried in order
 * @throws Error naming every failure when none works
 */
export async function loadTensors(names: readonly BackendName[] = backendNames): Promise<Tensors> {
  const passedOver: string[] = [];
  for (const backend of names) {
    try {
      const tf = await import('@tensorflow/tfjs-core');
      await register[backend](tf);
      if (!(await tf.setBackend(backend))) throw new Error('could not be initialised');
      await tf.ready();
      return { tf, backend, passedOver };
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
      passedOver.push(`${backend}: ${reason}`);
    }
  }
  throw new Error(`no tensor backend could be loaded (${passedOver.join('; ')})`);
}

const register: Record<BackendName, (tf: typeof tfjs) => Promise<void>> = {
  async tensorflow() {
    polyfillNodeUtil(createRequire(import.meta.url)('node:util'));
    // Its C++ side writes notices about processor features to stderr unless told not to.
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
    // Its second library for products takes longer to start than a product of a small step takes.
    process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
    // Waking a second thread costs a small step more than its arithmetic, and gains a large one nothing.
    process.env.TF_NUM_INTRAOP_THREADS ??= '1';
    // A variable keeps the type checker from asking for a package that may not be installed.
    const optional: string = '@tensorflow/tfjs-node';
    await import(optional);
  },
  async wasm() {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(`${dirname(main)}/`);
  },
  async cpu() {
    await import('@tensorflow/tfjs-backend-cpu');
  },
};

/**
 * Gives `util` back the two functions that Node 23 removed and tfjs-node 4.22 still calls.
 *
 * @param util the `node:util` module object, or a stand-in; functions it already has are left alone
 * Source: Node.js deprecations DEP0044 (`util.isArray`) and DEP0051 (`util.isNullOrUndefined`).
 */
export function polyfillNodeUtil(util: { isArray?: unknown; isNullOrUndefined?: unknown }): void {
  util.isArray ??= Array.isArray;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
}
