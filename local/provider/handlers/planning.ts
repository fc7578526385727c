import {
  CheckRequest,
  CheckResponse,
  CheckFailure,
  DiffRequest,
  DiffResponse,
  PropertyDiff,
} from "@pulumi/pulumi/proto/provider_pb";
import { checkInputs } from "../input-check";
import { isModelled, LocalProvider, resourceType } from "../provider";
import { PropertyChange, diffResource } from "../resource-diff";
import { nameOfUrn, tokenOfUrn } from "../urn";
import { decodeProperties, encodeProperties } from "../values";

/** Fills in defaults, names and tags, and reports what AWS would refuse; takes types that are not modelled as they are. */
export function check(request: CheckRequest, provider: LocalProvider): CheckResponse {
  if (!isModelled(tokenOfUrn(request.getUrn()))) {
    return new CheckResponse().setInputs(request.getNews());
  }
  const olds = decodeProperties(request.getOlds());
  const news = decodeProperties(request.getNews());
  const { inputs, problems } = checkInputs(resourceType(tokenOfUrn(request.getUrn())), news.values, {
    logicalName: nameOfUrn(request.getUrn()),
    olds: olds.values,
    randomSeed: request.getRandomseed_asU8(),
    region: provider.settings.region,
    defaultTags: provider.settings.defaultTags,
  });
  const response = new CheckResponse();
  response.setInputs(encodeProperties(inputs, news.secrets));
  for (const problem of problems) {
    const failure = new CheckFailure();
    failure.setProperty(problem.property);
    failure.setReason(problem.reason);
    response.addFailures(failure);
  }
  return response;
}

/** Compares the last inputs with the new ones. */
export function diff(request: DiffRequest): DiffResponse {
  const type = resourceType(tokenOfUrn(request.getUrn()));
  const olds = decodeProperties(request.getOldInputs() ?? request.getOlds());
  const news = decodeProperties(request.getNews());
  const { changes, deleteBeforeReplace } = diffResource(type, olds.values, news.values);
  const response = new DiffResponse();
  response.setChanges(
    changes.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE,
  );
  response.setHasdetaileddiff(true);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setDiffsList([...new Set(changes.map((change) => topLevel(change.path)))]);
  response.setReplacesList([
    ...new Set(changes.filter((change) => change.replaces).map((change) => topLevel(change.path))),
  ]);
  for (const change of changes) {
    const detail = new PropertyDiff();
    detail.setKind(diffKind(change));
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(change.path, detail);
  }
  return response;
}

function topLevel(path: string): string {
  return /^[^.[]+/.exec(path)![0];
}

function diffKind({ kind, replaces }: PropertyChange): PropertyDiff.Kind {
  switch (kind) {
    case "add":
      return replaces ? PropertyDiff.Kind.ADD_REPLACE : PropertyDiff.Kind.ADD;
    case "delete":
      return replaces ? PropertyDiff.Kind.DELETE_REPLACE : PropertyDiff.Kind.DELETE;
    default:
      return replaces ? PropertyDiff.Kind.UPDATE_REPLACE : PropertyDiff.Kind.UPDATE;
  }
}
