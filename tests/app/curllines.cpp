#include "curllines.h"

// Files that the lines name are made by the test: data.json, form.txt, notes.txt, picture.png, binary.dat, big.dat,
// headers.txt, "with blank.txt".
const QList<CurlLine> &curlLines()
{
    static const QList<CurlLine> lines {
        // As documentation of web services has them.
        { "plain URL", "curl %1/v1/items" },
        { "URL without scheme", "curl %2/v1/items?limit=3" },
        { "fragment and dot segments", "curl '%1/a/./b/../c?q=../x#part'" },
        { "dot segments kept", "curl --path-as-is %1/a/../b" },
        { "bearer token",
            "curl -H \"Authorization: Bearer sk_test_4eC39HqLyjWDarjtT1zdp7dc\" %1/v1/charges" },
        { "secret key as user", "curl %1/v1/charges -u sk_test_4eC39HqLyjWDarjtT1zdp7dc:" },
        { "form fields of a payment",
            "curl %1/v1/payment_intents \\\n  -u \"sk_test_4eC39:\" \\\n  -d amount=2000 \\\n  -d "
            "currency=usd \\\n"
            "  -d \"automatic_payment_methods[enabled]\"=true" },
        { "versioned API",
            "curl -L \\\n  -X POST \\\n  -H \"Accept: application/vnd.example+json\" \\\n"
            "  -H \"Authorization: Bearer <YOUR-TOKEN>\" \\\n  -H \"X-Api-Version: 2022-11-28\" "
            "\\\n"
            "  %1/repos/OWNER/REPO/issues \\\n  -d '{\"title\":\"Found a "
            "bug\",\"labels\":[\"bug\"]}'" },
        { "message to a chat",
            "curl -X POST -H 'Content-type: application/json' --data '{\"text\":\"Hello, "
            "World!\"}' "
            "%1/services/T00/B00/XXXX" },
        { "several short options at once", "curl -sSLXPOST %1/hooks -dx=1" },
        { "container registry",
            "curl -fsSL '%1/token?service=registry&scope=repository:a/b:pull'" },
        { "search with a body",
            "curl -XGET '%1/_search?pretty' -H 'Content-Type: application/json' -d'\n{\n"
            "  \"query\": { \"match_all\": {} }\n}\n'" },
        { "OAuth token",
            "curl --request POST --url %1/oauth/token --header 'content-type: "
            "application/x-www-form-urlencoded' --data grant_type=client_credentials "
            "--data 'client_id=abc' --data-urlencode 'client_secret=p@ss w&rd='" },
        { "GraphQL",
            "curl '%1/graphql' -H 'Content-Type: application/json' --data-binary "
            "'{\"query\":\"{ viewer { login } }\"}'" },
        { "DELETE with a body", "curl -X DELETE %1/index/_doc/1 -d '{}'" },
        { "PATCH of JSON",
            "curl -X PATCH %1/x -H 'Content-Type: application/merge-patch+json' -d "
            "'{\"a\":null}'" },
        { "POST of nothing", "curl -X POST %1/start" },
        { "POST with an empty body", "curl -d '' %1/start" },
        { "HEAD", "curl -I %1/file.iso" },
        { "HEAD with a query by -G", "curl -GI -d a=1 %1/file" },
        { "OPTIONS for CORS",
            "curl -i -X OPTIONS %1/api -H 'Origin: http://a.test' -H "
            "'Access-Control-Request-Method: PUT'" },
        { "asterisk", "curl -X OPTIONS --request-target '*' %1" },
        { "prompt, comment and a pipe", "# ask for it\ncurl -s %1/items | cat >/dev/null",
            nullptr },
        { "variables before it", "LC_ALL=C TZ=UTC curl %1/env -o /dev/null 2>/dev/null" },
        // As browsers copy them.
        { "Chrome, bash",
            "curl '%1/api/v2/orders?page=1&sort=-date' \\\n"
            "  -H 'accept: application/json, text/plain, */*' \\\n"
            "  -H 'accept-language: en-GB,en;q=0.9,de;q=0.8' \\\n"
            "  -H 'cookie: session=eyJhbGciOiJIUzI1NiJ9.e30.x; theme=dark' \\\n"
            "  -H 'sec-ch-ua: \"Chromium\";v=\"124\", \"Not-A.Brand\";v=\"99\"' \\\n"
            "  -H 'sec-ch-ua-mobile: ?0' \\\n  -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' "
            "\\\n"
            "  --compressed" },
        { "Chrome, bash, with escapes",
            "curl '%1/graphql' -H 'content-type: application/json' "
            "--data-raw $'{\"text\":\"it\\'s \\u00e9\\u0021\\n\\ttab \\\\\\\\ \"}' --insecure" },
        { "Chrome, multipart",
            "curl '%1/upload' -H 'Content-Type: multipart/form-data; "
            "boundary=----WebKitFormBoundaryA1' "
            "--data-raw $'------WebKitFormBoundaryA1\\r\\nContent-Disposition: form-data; "
            "name=\"a\"\\r\\n\\r\\n1\\r\\n------WebKitFormBoundaryA1--\\r\\n'" },
        { "Firefox, bash",
            "curl '%1/login' --compressed -X POST -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64; "
            "rv:115.0) "
            "Gecko/20100101 Firefox/115.0' -H 'Accept: text/html' -H 'Accept-Encoding: gzip, "
            "deflate, br' -H "
            "'Content-Type: application/x-www-form-urlencoded' -H 'Origin: http://a.test' -H 'DNT: "
            "1' -H "
            "'Connection: keep-alive' -H 'Upgrade-Insecure-Requests: 1' --data-raw "
            "'user=me&password=a%%20b'" },
        { "Chrome, cmd",
            "curl ^\"%1/search?q=a^&b=c^%%20d^\" ^\n  -H ^\"accept: */*^\" ^\n  -H ^\"x-note: "
            "100^% \\^\"sure\\^\"^\" ^\n"
            "  --data-raw ^\"^{^\\^\"a^\\^\":1,^\\^\"b^\\^\":^\\^\"x^\\^\\y^\\^\"^}^\"",
            "curl '%1/search?q=a&b=c%%20d' -H 'accept: */*' -H 'x-note: 100% \"sure\"' --data-raw "
            "'{\"a\":1,\"b\":\"x\\\\y\"}'" },
        { "Firefox, cmd",
            "curl.exe \"%1/save\" ^\r\n  -X POST ^\r\n  -H \"Accept: application/json\" ^\r\n"
            "  --data-raw \"{\"\"name\"\":\"\"x\"\"}\"",
            "curl '%1/save' -X POST -H 'Accept: application/json' --data-raw '{\"name\":\"x\"}'" },
        { "PowerShell", "curl.exe -X POST '%1/it''s' `\n  -H \"X-A: `\"q`\"\" `\n  -d 'a=1'",
            "curl -X POST \"%1/it's\" -H 'X-A: \"q\"' -d 'a=1'" },
        // Every way to give a body.
        { "file as it is", "curl --data-binary @binary.dat %1/raw" },
        { "file without line ends", "curl -d @notes.txt -d more=1 %1/form" },
        { "file and more", "curl --data-binary @notes.txt --data-raw @x %1/form" },
        { "JSON from a file", "curl %1/json --json @data.json" },
        { "JSON in pieces", "curl --json '{\"a\":1' --json ',\"b\":2}' -H 'X-A: 1' %1/json" },
        { "JSON with an own type", "curl --json '[]' -H 'Content-Type: application/ld+json' %1" },
        { "URL encoding of all kinds",
            "curl %1 --data-urlencode 'a b&c' --data-urlencode '=x y=' --data-urlencode "
            "'n=\xc3\xa4 /~' "
            "--data-urlencode @notes.txt --data-urlencode n@notes.txt" },
        { "query by -G", "curl -G '%1/find?z=1' -d a=1 --data-urlencode 'q=x y'" },
        { "query by --url-query",
            "curl '%1/find#top' --url-query 'a=b c' --url-query '+x=y' --url-query m" },
        { "upload", "curl -T picture.png %1/files/" },
        { "upload under another name",
            "curl --upload-file 'with blank.txt' '%1/put?x' -H 'Content-Type: text/plain'" },
        { "upload from standard input", "printf 'one\\ntwo\\n' | curl -T - %1/stream" },
        { "upload without Expect", "curl -T big.dat -H 'Expect:' %1/big" },
        { "large POST expects", "curl --data-binary @big.dat %1/big" },
        { "body from a here-document",
            "curl %1/doc -H 'Content-Type: text/plain' --data-binary @- <<'EOF'\nfirst "
            "\"line\"\n  second $line\nEOF" },
        { "body from a here-string", "curl %1/doc -d @- <<< 'a=1'" },
        { "chunked on demand", "curl -H 'Transfer-Encoding: chunked' -d 'a=1&b=2' %1" },
        { "form with fields and files",
            "curl -F 'user=me' -F 'note=@notes.txt' -F 'pic=@picture.png;type=image/x-p' -F "
            "'text=<notes.txt' %1/form" },
        { "form with names of its own",
            "curl %1/form --form 'f=@\"with blank.txt\";filename=\"a;b \\\"q\\\".txt\"' "
            "--form-string 'raw=@x;type=y' "
            "-F 'j={\"a\": 1};type=application/json; charset=utf-8' -F 'h=1;headers=\"X-Part: "
            "yes\"'" },
        { "form with a large file", "curl -X PUT -F 'f=@big.dat' %1/form" },
        { "form with a type", "curl %1 -F a=1 -H 'Content-Type: multipart/form-data'" },
        // Fields.
        { "fields in any case, twice, empty, taken out",
            "curl -H 'x-b: 2' -H 'X-B: 1' -H 'X-Empty;' -H 'Accept:' -H 'X-C:   v  ' -H 'Host: "
            "other.test' %1" },
        { "fields from a file", "curl -H @headers.txt %1" },
        { "all that has an option",
            "curl %1/all -A 'Agent/1.0' -e 'http://r.test/;auto' -b 'a=1; b=2' -b c=3 -r 0-99 -u "
            "'me:pa:ss' "
            "--compressed -z 'Tue, 01 Jan 2019 00:00:00 GMT'" },
        { "transfer codings", "curl --tr-encoding -H 'Connection: close' %1" },
        { "token and user", "curl --oauth2-bearer abc -u me:you %1" },
        { "user in the URL", "curl 'http://us%%20er:p%%40ss@%2/private'" },
        { "resume", "curl -C 100 %1/file" },
        { "etag of a file", "curl --etag-compare data.json %1" },
        { "octets beyond ASCII", "curl -H $'X-Latin: \\xe9' '%1/\xc3\xa4?q=\xc3\xb6'" },
        // Where it goes.
        { "HTTP/1.0", "curl -0 -d a=1 %1" },
        { "through a proxy",
            "curl -x %2 -U proxy:secret http://a.test:81/x?y -b c=d -e r --proxy-header 'P: 1'" },
        { "to another host", "curl --connect-to ::%2 http://a.test/x -H 'X-A: 1'" },
        { "globbing", "curl '%1/{a,b}/[08-10:2]'" },
        { "globbing off", "curl -g '%1/?ids[0]=1&x={a,b}'" },
        { "empty brackets", "curl '%1/?ids[]=1&ids[]=2'" },
        { "two URLs", "curl -d x %1/1 %1/2" },
        { "next", "curl %1/1 --next -X PUT -d x %1/2 --next -I %1/3" },
        { "two commands", "curl %1/1 && curl %1/2" },
        { "abbreviated and negated",
            "curl --inse --compressed --no-compressed --data-r @x --no-location %1 --no-silent" },
        { "options of no meaning",
            "curl -4 --retry 3 --limit-rate 100k -m 20 --no-keepalive -w '%%{http_code}' -o out -v "
            "--tlsv1.2 --cacert none.pem %1" },
        { "long options with values",
            "curl --location --request GET --url '%1/q' --header 'Accept: text/*' --max-time 10 "
            "--user-agent ''" },
    };
    return lines;
}
