/** The code and text of an LDAP answer. */
export interface LdapResult {
  readonly code: number;
  readonly text: string;
}

export interface AdUser {
  readonly dn: string;
  readonly userPrincipalName: string;
  readonly sAMAccountName: string;
  password: string;
  /** Passwords that may not come back. */
  readonly history: string[];
  mayReset: boolean;
  state: "enabled" | "disabled" | "locked" | "expired";
  failures: number;
}

/** One attribute's change, as RFC 4511 numbers it: 0 add, 1 delete, 2 replace. */
export interface AdChange {
  readonly operation: number;
  readonly attribute: string;
  readonly value: Buffer | undefined;
}

const mostFailures = 5;

/** Users of a domain and what may happen to their passwords. */
export class ActiveDirectory {
  readonly base = "DC=corp,DC=example";
  readonly users: AdUser[] = [];
  shortestPassword = 8;

  addUser(name: string, password: string, mayReset = false): AdUser {
    const user: AdUser = {
      ...{ dn: `CN=${name},CN=Users,${this.base}`, userPrincipalName: `${name}@corp.example` },
      ...{ sAMAccountName: name, password, history: [], mayReset, state: "enabled", failures: 0 },
    };
    this.users.push(user);
    return user;
  }

  find(attribute: string, value: string): readonly AdUser[] {
    const key = attribute as "userPrincipalName" | "sAMAccountName";
    return this.users.filter((user) => String(user[key]).toLowerCase() === value.toLowerCase());
  }

  bind(name: string, password: string): LdapResult | { readonly user: AdUser } {
    const short = name.slice(name.lastIndexOf("\\") + 1);
    const user = this.users.find(({ dn, userPrincipalName, sAMAccountName }) =>
      [dn, userPrincipalName, ...(name.includes("\\") ? [sAMAccountName] : [])].some(
        (own) => own.toLowerCase() === (own === sAMAccountName ? short : name).toLowerCase(),
      ),
    );
    if (!user) return refusal("525");
    const reasons = { disabled: "533", locked: "775", expired: "532" } as const;
    if (user.state !== "enabled") return refusal(reasons[user.state]);
    if (user.password !== password) {
      if (++user.failures >= mostFailures) user.state = "locked";
      return refusal("52e");
    }
    user.failures = 0;
    return { user };
  }

  modify(by: AdUser | undefined, isEncrypted: boolean, dn: string, changes: readonly AdChange[]): LdapResult {
    if (!by) return { code: 1, text: "000004DC: LdapErr: DSID-0C0909A2, comment: bind first" };
    const user = this.users.find((candidate) => candidate.dn.toLowerCase() === dn.toLowerCase());
    if (!user) return { code: 32, text: "0000208D: NameErr: DSID-03100245" };
    if (!isEncrypted)
      return { code: 53, text: "0000001F: SvcErr: DSID-031A126C, problem 5003 (WILL_NOT_PERFORM)" };
    if (changes.some(({ attribute }) => attribute !== "unicodePwd"))
      return { code: 50, text: "00002098: SecErr" };
    const [first, second] = changes;
    if (changes.length === 1 && first?.operation === 2)
      return by.mayReset ? this.set(user, first.value) : denied;
    if (changes.length !== 2 || first?.operation !== 1 || second?.operation !== 0) return denied;
    if (passwordIn(first.value) !== user.password)
      return { code: 19, text: "00000056: AtrErr: DSID-03191083" };
    return this.set(user, second.value);
  }

  private set(user: AdUser, value: Buffer | undefined): LdapResult {
    const password = passwordIn(value);
    const isAgain = password === user.password || user.history.includes(password ?? "");
    if (password === undefined || password.length < this.shortestPassword || isAgain) {
      return { code: 19, text: "0000052D: AtrErr: DSID-03191083, problem 1005 (CONSTRAINT_ATT_TYPE)" };
    }
    user.history.push(user.password);
    user.password = password;
    return { code: 0, text: "" };
  }
}

const denied: LdapResult = { code: 50, text: "00002098: SecErr: DSID-03150F94, problem 4003" };

function refusal(data: string): LdapResult {
  const text = `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v4563`;
  return { code: 49, text };
}

/** The password in a value of `unicodePwd`; `undefined` when the form is wrong. */
function passwordIn(value: Buffer | undefined): string | undefined {
  const text = value?.toString("utf16le") ?? "";
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : undefined;
}
