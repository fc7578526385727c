import { createHash } from "crypto";
import { unzipSync } from "fflate";
import { Store } from "../core/store";
import { codes, FunctionRecord, functions, invalidParameter, publishedVersions } from "./function-record";

/** Bytes of a zip that a request may carry. */
const MAX_ZIP_BYTES = 52_428_800;

/** Checks a request's code and keeps it; only zips in the request are modelled. */
export function keepCode(
  store: Store,
  code: { readonly ZipFile?: Buffer; readonly S3Bucket?: string; readonly ImageUri?: string },
): Pick<FunctionRecord, "codeSha256" | "codeSize"> {
  const zip = code.ZipFile;
  if (code.S3Bucket !== undefined || code.ImageUri !== undefined) {
    throw invalidParameter("The local cloud takes code only as ZipFile, not from S3 or an image registry.");
  }
  if (!zip?.length) throw invalidParameter("Please provide a source for function code.");
  if (zip.length > MAX_ZIP_BYTES)
    throw invalidParameter("Unzipped size must be smaller than 262144000 bytes");
  try {
    unzipSync(zip, { filter: () => false });
  } catch {
    throw invalidParameter(
      "Could not unzip uploaded file. Please check your file, then try to upload again.",
    );
  }
  const codeSha256 = createHash("sha256").update(zip).digest("base64");
  if (!codes(store).has(codeSha256)) codes(store).put(codeSha256, { zip: zip.toString("base64") });
  return { codeSha256, codeSize: zip.length };
}

/** Forgets a zip that no function and no version has any more. */
export function dropUnusedCode(store: Store, codeSha256: string): void {
  const all = [...functions(store).values(), ...publishedVersions(store).values()];
  if (!all.some((record) => record.codeSha256 === codeSha256)) codes(store).delete(codeSha256);
}
