import { InputError } from '../base/inputError.ts';

/** What of an error comes from another thread. */
export interface PortableError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

const classes: Readonly<Record<string, new (message: string) => Error>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

/** Makes an error of another thread one of this: of its class where that is built in or `InputError`. */
export function revivedError({ name, message, stack }: PortableError): Error {
  if (name === 'InputError') return new InputError(message);
  const error = new (classes[name] ?? Error)(message);
  if (error.name !== name) error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
