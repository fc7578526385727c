import { ApiError } from "./core/api-error";
import { Caller } from "./core/caller";
import { Cloud } from "./core/cloud";
import { ReplyLost } from "./core/faults";
import { Operation, Service } from "./core/operation";
import { verifySignature } from "./core/signature";
import { noteKeyUse } from "./iam";
import { HttpAnswer, HttpRequest, Protocol, protocolOf, signatureError } from "./protocols";

const ENDPOINT_HEADER = "x-strongroom-vpc-endpoint";

/** Takes a signed HTTP request to the operation it asks for. */
export class RequestHandler {
  private readonly protocols: ReadonlyMap<Service, Protocol>;
  private readonly unknownService = protocolOf(undefined);

  constructor(private readonly cloud: Cloud) {
    this.protocols = new Map(cloud.services.map((service) => [service, protocolOf(service)]));
  }

  /** @throws ReplyLost when a fault swallows the answer */
  async answer(request: HttpRequest, requestId: string): Promise<HttpAnswer> {
    const { target, endpointId } = withoutEndpoint(request);
    const inner = { ...request, target };
    const guessed = this.targetService(inner);
    const verification = verifySignature(request, this.cloud);
    const named = verification.ok ? this.serviceOf(verification.scope.service) : undefined;
    const service = named ?? guessed;
    const protocol = (service && this.protocols.get(service)) ?? this.unknownService;
    try {
      if (!verification.ok) throw signatureError(verification.failure, service?.protocol);
      const { caller, scope } = verification;
      this.noteUse(caller, scope);
      if (!named) throw notModelled(scope.service, inner);
      if (guessed && guessed !== named) throw wrongScope(guessed);
      const { operation, input } = this.operation(named, protocol, inner);
      const output = await this.cloud.call({
        caller,
        service: named.signingName,
        operation: operation.name,
        region: scope.region,
        input,
        endpointId,
        userAgent: request.headers["user-agent"],
        requestId,
      });
      return protocol.answer(output, operation.name, requestId);
    } catch (error) {
      if (error instanceof ReplyLost) throw error;
      return protocol.error(apiError(error), requestId);
    }
  }

  private noteUse(
    { user, accessKeyId }: Caller,
    { region, service }: { readonly region: string; readonly service: string },
  ): void {
    const { store, clock } = this.cloud;
    if (user && accessKeyId) noteKeyUse(store, accessKeyId, { at: clock.now(), region, service });
  }

  private serviceOf(signingName: string): Service | undefined {
    return this.cloud.services.find((service) => service.signingName === signingName);
  }

  /** The service that awsJson's target names, for requests whose signature does not tell. */
  private targetService({ headers, body, target }: HttpRequest): Service | undefined {
    const prefix = (headers["x-amz-target"] ?? "").split(".").at(-2);
    if (prefix) {
      return this.cloud.services.find(
        ({ protocol }) => protocol.kind === "aws-json" && protocol.targetPrefix.split(".").at(-1) === prefix,
      );
    }
    const version = /(?:^|[?&])Version=([\d-]+)/.exec(
      `${target}&${body.subarray(0, 4096).toString("latin1")}`,
    )?.[1];
    return this.cloud.services.find(
      ({ protocol }) => protocol.kind === "aws-query" && protocol.version === version,
    );
  }

  private operation(
    service: Service,
    protocol: Protocol,
    request: HttpRequest,
  ): { readonly operation: Operation; readonly input: unknown } {
    const asked = protocol.operation(request);
    const operation = service.operations.find(({ name }) => name === asked?.name);
    if (!asked || !operation) throw notModelled(service.signingName, request, asked?.name);
    return { operation, input: asked.input(operation) };
  }
}

/** A path that begins with `/vpce/<id>` came through that endpoint; the prefix is signed like the rest. */
function withoutEndpoint({ target, headers }: HttpRequest): { target: string; endpointId?: string } {
  const match = /^\/vpce\/([^/?]+)(.*)$/s.exec(target);
  if (!match) return { target, endpointId: headers[ENDPOINT_HEADER] };
  const rest = match[2]!;
  return { target: rest.startsWith("/") ? rest : `/${rest}`, endpointId: match[1] };
}

function notModelled(service: string, request: HttpRequest, operation?: string): ApiError {
  const name = operation ?? request.headers["x-amz-target"] ?? `${request.method} ${request.target}`;
  const text = `${service}: ${name} is not modelled by the local cloud.`;
  return new ApiError("InvalidAction", text, 501);
}

function wrongScope(service: Service): ApiError {
  const message = `Credential should be scoped to correct service: '${service.signingName}'. `;
  return signatureError({ kind: "mismatch", message }, service.protocol);
}

function apiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof URIError)
    return new ApiError("SerializationException", "The request's path is malformed.");
  process.stderr.write(`${(error as Error).stack}\n`);
  return new ApiError(
    "InternalFailure",
    "The request processing has failed because of an unknown error.",
    500,
  );
}
