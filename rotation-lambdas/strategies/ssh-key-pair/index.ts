export { connectBySsh2, ConnectSsh, SshFiles, SshServer } from "./client";
export { parseSshKeyPair, renderSshKeyPair, SshKeyPair } from "./credential";
export { isRefusedKey } from "./ssh-error";
export { sshKeyPair } from "./strategy";
