export { connectByMongodb, ConnectMongo, MongoSession } from "./client";
export { mongoDriver } from "./driver";
