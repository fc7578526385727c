import { Operation } from "../core/operation";
import { structure } from "../core/shape";
import { page } from "./page";
import { changePrincipal, findPrincipal, nameIn, onPrincipal, PrincipalKind } from "./principal-kind";
import { pageMembers, tagKeys, tags } from "./shapes";
import { requestTags, TagList, tagList, withoutTags, withTags } from "./tags";

/** Tag, Untag and List of a user's or role's tags. */
export function principalTagOperations(kind: PrincipalKind): readonly Operation[] {
  return [tag(kind), untag(kind), listTags(kind)];
}

function tag(kind: PrincipalKind): Operation<{ readonly Tags: TagList }> {
  const action = `Tag${kind.noun}`;
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape, Tags: tags }) as Operation["input"],
    authorize: (request, call) =>
      onPrincipal(kind, action, nameIn(kind, request), call, requestTags(request.Tags)),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      changePrincipal(kind, record, { tags: withTags(record.tags, request.Tags) }, call);
    },
  };
}

function untag(kind: PrincipalKind): Operation<{ readonly TagKeys: readonly string[] }> {
  const action = `Untag${kind.noun}`;
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape, TagKeys: tagKeys }) as Operation["input"],
    authorize: (request, call) =>
      onPrincipal(kind, action, nameIn(kind, request), call, { "aws:tagkeys": request.TagKeys }),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      changePrincipal(kind, record, { tags: withoutTags(record.tags, request.TagKeys) }, call);
    },
  };
}

function listTags(kind: PrincipalKind): Operation {
  const action = `List${kind.noun}Tags`;
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape, ...pageMembers }),
    authorize: (request, call) => onPrincipal(kind, action, nameIn(kind, request), call),
    run: (request, call) =>
      page("Tags", tagList(findPrincipal(kind, nameIn(kind, request), call).tags), request),
  };
}
