/** Twelve digits, kept as text so that leading zeros survive. */
export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text);

/**
 * `o-` and 10 to 32 lower-case letters or digits.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
 */
export const isOrganizationId = (text: string): boolean => /^o-[a-z0-9]{10,32}$/.test(text);
