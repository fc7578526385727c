import { factsOf } from "../documents/document-facts";
import { PolicyDocument } from "../../iam";
import { accountOf, parseArn, regionOf } from "./location";
import { Resource } from "./resource";
import { unknownAccount } from "../facts/secrets/secret-target";

/** Where something is, as far as its ARN says. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Account and Region of a resource; undefined while one of them is not known. */
export function knownPlaceOf(resource: Resource): Place | undefined {
  const [account, region] = [accountOf(resource), regionOf(resource)];
  if (account.state !== "known" || region.state !== "known") return undefined;
  return placeIn(region.value, account.value);
}

/** Account and Region of a resource; stand-ins for what is not known. */
export function placeOf(resource: Resource): Place {
  const [account, region] = [accountOf(resource), regionOf(resource)];
  return placeIn(
    region.state === "known" ? region.value : "us-east-1",
    account.state === "known" ? account.value : unknownAccount,
  );
}

function placeIn(region: string, accountId: string): Place {
  return { partition: partitionOf(region), region, accountId };
}

/** The places of everything that a document of this resource can be about: its own, and those the document names. */
export function placesIn(document: PolicyDocument, holder: Resource): readonly Place[] {
  const own = placeOf(holder);
  const named = factsOf(document).resources.flatMap((pattern) => {
    const parts = parseArn(pattern);
    if (parts === undefined) return [];
    const region = /^[a-z0-9-]+$/.test(parts.region) ? parts.region : own.region;
    const accountId = /^\d{12}$/.test(parts.account) ? parts.account : own.accountId;
    return [placeIn(region, accountId)];
  });
  return [...new Map([own, ...named].map((place) => [`${place.region} ${place.accountId}`, place])).values()];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
