import {
  answer,
  decrypting,
  key,
  mayRead,
  ORDERS,
  reading,
  role,
  secret,
  SECRETS,
  world,
} from "./access-worlds";

describe("probe", () => {
  it("x", () => {
    const reader = role("orders-api", { identity: [mayRead] });
    console.log(
      answer(
        world({
          principals: [reader],
          secrets: [secret([reading({ AWS: ORDERS })])],
          keys: [key([decrypting({ AWS: ORDERS })])],
        }),
      ),
    );
    console.log(
      answer(
        world({
          principals: [reader],
          secrets: [
            secret([
              reading("*", {
                Condition: {
                  StringEquals: { "aws:PrincipalOrgID": "o-strongroom" },
                  StringNotEquals: { "aws:SourceVpce": "vpce-1" },
                },
              }),
            ]),
          ],
          keys: [key([decrypting("*")])],
        }),
      ),
    );
    console.log(
      answer(
        world({
          principals: [reader],
          secrets: [secret([reading("*")])],
          keys: [
            key([
              decrypting("*", {
                Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
              }),
            ]),
          ],
        }),
      ),
    );
    console.log(
      answer(world({ principals: [role("own", { accountId: SECRETS, identity: [mayRead] }), reader] })),
    );
  });
});
