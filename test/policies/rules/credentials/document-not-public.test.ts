import { documentNotPublic } from "../../../../policies/rules/credentials/document-not-public";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const shared = (accountIds: unknown) => [
  resource("document", "it", { props: { permissions: { type: "Share", accountIds } } }),
];
const open = [
  violates(
    "it",
    'Document "it" is shared with every AWS account. Name the accounts in permissions.accountIds instead of All.',
  ),
];
const unclear = [waits("it", 'with whom Document "it" is shared is not known / the value of `permissions`')];

testRule(documentNotPublic, [
  { name: "not shared", stack: [resource("document", "it")], says: [] },
  { name: "an account", stack: shared("222222222222"), says: [] },
  { name: "two accounts", stack: shared("222222222222,333333333333"), says: [] },
  { name: "everybody", stack: shared("All"), says: open },
  { name: "everybody in small letters", stack: shared("all"), says: open },
  { name: "everybody among others", stack: shared("222222222222, All"), says: open },
  { name: "in a list", stack: shared(["222222222222", "All"]), says: open },
  { name: "a word that only begins so", stack: shared("Allow"), says: [] },
  { name: "unknown", stack: shared(unknownText), says: unclear },
  { name: "partly unknown", stack: shared(["222222222222", unknownText]), says: unclear },
]);
