/** Properties of AWS resources that hold a password or a key, beside those of databases, which DB-01 judges. */
export interface SecretProperty {
  readonly type: string;
  readonly path: readonly string[];
}

const property = (type: string, ...path: readonly string[]): SecretProperty => ({
  type: `aws:${type}`,
  path,
});

/** From the AWS provider's schema: its secret inputs, and those that hold passwords without being marked. */
export const secretProperties: readonly SecretProperty[] = [
  property("acm/certificate:Certificate", "privateKey"),
  property("amplify/app:App", "accessToken"),
  property("amplify/app:App", "basicAuthCredentials"),
  property("amplify/app:App", "oauthToken"),
  property("amplify/branch:Branch", "basicAuthCredentials"),
  property("apigateway/domainName:DomainName", "certificatePrivateKey"),
  property("appstream/directoryConfig:DirectoryConfig", "serviceAccountCredentials", "accountPassword"),
  property("codebuild/sourceCredential:SourceCredential", "token"),
  property("codepipeline/webhook:Webhook", "authenticationConfiguration", "secretToken"),
  property("cognito/user:User", "password"),
  property("cognito/user:User", "temporaryPassword"),
  property("connect/user:User", "password"),
  property("datasync/locationFsxWindows:LocationFsxWindows", "password"),
  property("datasync/locationObjectStorage:LocationObjectStorage", "secretKey"),
  property("datasync/locationSmb:LocationSmb", "password"),
  property("directoryservice/directory:Directory", "password"),
  property("directoryservice/radiusSettings:RadiusSettings", "sharedSecret"),
  property("dms/endpoint:Endpoint", "password"),
  property("docdb/elasticCluster:ElasticCluster", "adminUserPassword"),
  property("ec2/vpnConnection:VpnConnection", "tunnel1PresharedKey"),
  property("ec2/vpnConnection:VpnConnection", "tunnel2PresharedKey"),
  property("elasticache/replicationGroup:ReplicationGroup", "authToken"),
  property("elasticache/user:User", "passwords"),
  property("emr/cluster:Cluster", "kerberosAttributes", "kdcAdminPassword"),
  property("fsx/ontapFileSystem:OntapFileSystem", "fsxAdminPassword"),
  property("fsx/ontapStorageVirtualMachine:OntapStorageVirtualMachine", "svmAdminPassword"),
  property("fsx/windowsFileSystem:WindowsFileSystem", "selfManagedActiveDirectory", "password"),
  property("glue/connection:Connection", "connectionProperties"),
  property("iam/serverCertificate:ServerCertificate", "privateKey"),
  property("kms/ciphertext:Ciphertext", "plaintext"),
  property("lightsail/database:Database", "masterPassword"),
  property("memorydb/user:User", "authenticationMode", "passwords"),
  property("mq/broker:Broker", "ldapServerMetadata", "serviceAccountPassword"),
  property("mq/broker:Broker", "users"),
  property("mwaa/environment:Environment", "airflowConfigurationOptions"),
  property("opensearch/domain:Domain", "advancedSecurityOptions", "masterUserOptions", "masterUserPassword"),
  property("pinpoint/admChannel:AdmChannel", "clientSecret"),
  property("pinpoint/apnsChannel:ApnsChannel", "privateKey"),
  property("pinpoint/apnsChannel:ApnsChannel", "tokenKey"),
  property("pinpoint/baiduChannel:BaiduChannel", "secretKey"),
  property("pinpoint/gcmChannel:GcmChannel", "apiKey"),
  property("redshift/hsmConfiguration:HsmConfiguration", "hsmPartitionPassword"),
  property("sns/platformApplication:PlatformApplication", "platformCredential"),
  property("storagegateway/gateway:Gateway", "smbGuestPassword"),
  property("timestreaminfluxdb/dbInstance:DbInstance", "password"),
  property("transfer/hostKey:HostKey", "hostKeyBody"),
  property("transfer/server:Server", "hostKey"),
  property("workmail/user:User", "password"),
];
