import { Metadata, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Properties, anyOf, encodeProperties } from "./values";

/** A resource that exists but is not complete: Pulumi keeps it in the state and updates it the next time. */
export class InitFailure extends Error {
  override readonly name = "InitFailure";

  constructor(
    message: string,
    private readonly resource: {
      readonly id: string;
      readonly outputs: Properties;
      readonly inputs: Properties;
      readonly secrets: ReadonlySet<string>;
    },
  ) {
    super(message);
  }

  /** The gRPC trailer that carries the resource. */
  get metadata(): Metadata {
    const { id, outputs, inputs, secrets } = this.resource;
    const detail = new ErrorResourceInitFailed();
    detail.setId(id);
    detail.setProperties(encodeProperties(outputs, secrets));
    detail.setInputs(encodeProperties(inputs, secrets));
    detail.setReasonsList([this.message]);
    const trailer = new Status();
    trailer.setCode(status.UNKNOWN);
    trailer.setMessage(this.message);
    trailer.addDetails(anyOf(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed"));
    const metadata = new Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(trailer.serializeBinary()));
    return metadata;
  }
}
