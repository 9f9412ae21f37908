// Prints the role credentials that the JavaScript SDK finds by itself, as JSON.
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";

const credentials = await fromNodeProviderChain()();
process.stdout.write(JSON.stringify({ key: credentials.accessKeyId }));
