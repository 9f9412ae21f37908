// Prints the role credentials that the JavaScript SDK gets for AWS_PROFILE, as JSON.
import { fromIni } from "@aws-sdk/credential-providers";

const credentials = await fromIni({ profile: process.env.AWS_PROFILE })();
process.stdout.write(JSON.stringify({ key: credentials.accessKeyId }));
