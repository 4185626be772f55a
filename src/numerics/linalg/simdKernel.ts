import { bytesOfBase64 } from '../base/base64.ts';

/**
 * A compiled WebAssembly module: C ← A·B in float64, two products an instruction.
 *
 * `multiply(c, a, b, rows, columns, inner)` takes byte addresses in its own memory. A is packed in panels of four rows
 * (panel i/4 holds, for each k, A_{i,k} … A_{i+3,k}), B and C are row-major; rows and columns are multiples of 4, inner
 * is at least 1. For each 4 × 4 tile of C, eight vectors of two sums are kept in registers:
 *
 *     for k < inner:  b₀, b₁ ← B_{k, j…j+3};  for r < 4:  c_r0 += splat(A_{i+r, k})·b₀;  c_r1 += splat(A_{i+r, k})·b₁
 *
 * Products and additions are separate and in the order of k, so each entry is bit for bit that of plain loops. The
 * text form that this was assembled from is simdKernel.wat; a test assembles nothing but compares every entry.
 */
export const simdKernel = bytesOfBase64(
  'AGFzbQEAAAABCgFgBn9/f39/fwADAgEABQMBAAEHFQIGbWVtb3J5AgAIbXVsdGlwbHkAAAqMBAGJBAIHfwt7IARBCGwh' +
    'DANAQQAhBwNA/QwAAAAAAAAAAAAAAAAAAAAAIRD9DAAAAAAAAAAAAAAAAAAAAAAhEf0MAAAAAAAAAAAAAAAAAAAAACES' +
    '/QwAAAAAAAAAAAAAAAAAAAAAIRP9DAAAAAAAAAAAAAAAAAAAAAAhFP0MAAAAAAAAAAAAAAAAAAAAACEV/QwAAAAAAAAA' +
    'AAAAAAAAAAAAIRb9DAAAAAAAAAAAAAAAAAAAAAAhFyABIAYgBWxBCGxqIQkgAiAHQQhsaiEKIAUhCANAIAr9AAQAIQ0g' +
    'Cv0ABBAhDiAJ/QoDACEPIBAgDyAN/fIB/fABIRAgESAPIA798gH98AEhESAJ/QoDCCEPIBIgDyAN/fIB/fABIRIgEyAP' +
    'IA798gH98AEhEyAJ/QoDECEPIBQgDyAN/fIB/fABIRQgFSAPIA798gH98AEhFSAJ/QoDGCEPIBYgDyAN/fIB/fABIRYg' +
    'FyAPIA798gH98AEhFyAJQSBqIQkgCiAMaiEKIAhBAWsiCA0ACyAAIAYgDGwgB0EIbGpqIQsgCyAQ/QsEACALIBH9CwQQ' +
    'IAsgDGohCyALIBL9CwQAIAsgE/0LBBAgCyAMaiELIAsgFP0LBAAgCyAV/QsEECALIAxqIQsgCyAW/QsEACALIBf9CwQQ' +
    'IAdBBGoiByAESQ0ACyAGQQRqIgYgA0kNAAsL',
);
