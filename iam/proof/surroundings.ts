import { RouteSurroundings } from "./route-candidates";
import { WorldIndex } from "./world-index";

/** What requests for a service in a Region can come through, in a world. */
export function surroundingsOf(service: string, region: string, index: WorldIndex): RouteSurroundings {
  const { accounts, organization } = index.world;
  return {
    endpoints: index.endpoints(service, region),
    region,
    accountIds: accounts.map(({ id }) => id),
    membership: (accountId) => {
      const path = index.account(accountId)?.organizationPath;
      const id = organization?.id;
      return path === undefined || id === undefined ? undefined : { id, path };
    },
  };
}
