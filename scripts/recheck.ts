import { recheckFile } from './recheck/index.ts';

// This program shares no code with the rest of the project, its option parsing included.
process.exitCode = recheckFile(process.argv.slice(2));
