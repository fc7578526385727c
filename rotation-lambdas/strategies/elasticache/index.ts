export { ElastiCacheCredential, parseElastiCacheUser, renderElastiCacheUser } from "./credential";
export { elastiCacheUsers, ElastiCacheOptions } from "./strategy";
