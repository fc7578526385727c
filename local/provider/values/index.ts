export { contentHash, isContent, zipArchive } from "./archive";
export { sameContent, sameJson, samePolicy, sameSet, sameValue } from "./equality";
export { DecodedProperties, Properties, decodeProperties, encodeProperties } from "./properties";
export { anyOf, emptyMessage, structOf } from "./well-known-messages";
export { UNKNOWN, containsUnknown, isUnknown } from "./sentinels";
