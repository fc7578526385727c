import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

// An installation can hold two copies of google-protobuf, whose messages do not mix. These come from the copy that
// `@pulumi/pulumi` uses: each is read from the smallest message that has one.

/** Writes an object as a protobuf Struct. */
export function structOf(values: Record<string, unknown>): Struct {
  const empty = CheckResponse.deserializeBinary(Uint8Array.of(0x0a, 0)).getInputs()!;
  return (empty.constructor as typeof Struct).fromJavaScript(values as Record<string, JavaScriptValue>);
}

/** The answer of a method that answers nothing. */
export function emptyMessage(): Empty {
  return ResourceProviderService.cancel.responseDeserialize(Buffer.alloc(0));
}

/** A message of any type. */
export function anyOf(serialized: Uint8Array, typeName: string): Any {
  const empty = Status.deserializeBinary(Uint8Array.of(0x1a, 0)).getDetailsList()[0]!;
  const any = new (empty.constructor as typeof Any)();
  any.pack(serialized, typeName);
  return any;
}
