/** Conditions that nobody meets, with more combinations of values than a rule tries. */
export const tooComplex = {
  Condition: {
    StringEquals: Object.fromEntries(
      Array.from({ length: 14 }, (_, index) => [`aws:PrincipalTag/t${index}`, ["a", "b", "c"]]),
    ),
    DateLessThan: { "aws:CurrentTime": "2001-01-01T00:00:00Z" },
  },
} as const;
