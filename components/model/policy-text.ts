import { PolicyDocument } from "../../iam/policy-document";

/** A document as AWS takes it: without white space, keys in the order in which they were written. */
export const policyText = (document: PolicyDocument): string => JSON.stringify(document);
