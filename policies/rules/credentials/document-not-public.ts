import { undecided, violation } from "../../findings";
import { deciders, input, label, types } from "../../stack/resource";
import { resourceRule } from "../../rule";
import { readWhole } from "../../stack/tri-state";

const remediation = "Name the accounts in permissions.accountIds instead of All";

/** SSM-03. */
export const documentNotPublic = resourceRule({
  id: "document-not-public",
  code: "SSM-03",
  title: "Documents of Systems Manager are not shared with everybody",
  severity: "high",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "A1.1" }],
  mapsTo: {
    checkov: ["CKV_AWS_303"],
    securityHub: ["SSM.4", "SSM.7"],
    awsConfig: ["ssm-document-not-public"],
    prowler: ["ssm_documents_set_as_public"],
  },
  remediation,
  settings: {},
  appliesTo: types.document,
  check: (document) => {
    const accounts = input(document, readWhole, "permissions", "accountIds");
    if (accounts.state === "unknown") {
      const reason = `with whom ${label(document)} is shared is not known`;
      return [undecided(document, reason, deciders(document, "permissions"))];
    }
    // One text with commas, and in older programs a list.
    const named = accounts.state === "known" ? [accounts.value].flat().join(",").split(",") : [];
    const open = named.some((one) => one.trim().toLowerCase() === "all");
    return open
      ? [violation(document, `${label(document)} is shared with every AWS account`, remediation)]
      : [];
  },
});
