export { verifySignature, type KeyRing, type SignatureFailure, type Verification } from "./verify-signature";
