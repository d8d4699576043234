/// Lines of campaign files, by who accepts them: the limits of each key, and a step beyond.
enum SchemaCase {
    private static func window(_ days: String = "[mon]", _ from: String = "09:00", _ to: String = "18:00") -> String {
        "window: {timezone: UTC, days: \(days), from: \"\(from)\", to: \"\(to)\"}"
    }

    private static func notify(_ addition: String = "") -> String {
        "notify: {url: \"${NOTIFY_URL}\", secret: \"${NOTIFY_SECRET}\"\(addition.isEmpty ? "" : ", " + addition)}"
    }

    static let accepted: [String] =
        [
            "name: a", "name: \(String(repeating: "x", count: 64))", "name: a-b_c.9", "name: a-${WORKERS}",
            "contacts: lists/c.csv", "columns: {phone: 2, name: Nome, callDuration: 3, ddd: none, ddi: none}",
            "columns: {callAudioUrl: none, notBefore: 7}",
            "columns: {}", "columns: {phone: [a, \"b c\", 3], callDuration: none, name: none}", "columns: {phone: [a]}",
            "country: 55", "country: \"1\"", "country: 598", "call: {duration: 1}", "call: {duration: 15}",
            "share: 1", "share: 1000", "share: ${WORKERS}", "follow: true", "follow: false",
            "fallback: true", "fallback: false",
            "workers: 1", "workers: 256", "workers: ${WORKERS}", "timeout: 1s", "timeout: 1000ms", "timeout: 300s",
            "timeout: 300000ms", "timeout: 5m", "timeout: 9999ms", "timeout: 299s", "inDoubt: hold", "inDoubt: retry",
            "retry: {}", "retry: {attempts: 1}", "retry: {attempts: 20, first: 1ms, longest: 24h}",
            "retry: {first: 86400s, longest: 86400000ms}", "retry: {first: 1440m, longest: 24h}",
            "retry: {longest: 86399999ms}", "retry: {longest: 85999999ms}", "retry: {longest: 79999999ms}",
            "health: {every: 1s}", "health: {every: 24h}", "health: {every: 1000ms}", "health: {every: 86399s}",
            "pace: {calls: 1, per: 1ms}", "pace: {calls: 1000000, per: 24h}", "pace: {calls: 1, per: 1399m}",
            "expires: 2026-11-30T18:00Z", "expires: 2026-11-30T18:00:59-03:00", "expires: 2199-12-31T23:59+14:00",
            window() + "\nexpires: 2026-11-30T18:00", "window: always", window("[mon, tue, wed, thu, fri, sat, sun]"),
            window("[sun]", "00:00", "24:00"), window("[sun]", "23:59", "00:00"),
            "window: {timezone: contact, days: [mon], from: 09:00, to: 18:00, holidays: []}",
            "window: {timezone: America/Argentina/Buenos_Aires, days: [mon], from: \"22:00\", to: \"06:00\", overnight: true, "
                + "holidays: [2026-12-25, 2028-02-29]}",
            "brake: {failures: 1%, over: 1}", "brake: {failures: 100%, over: 10000}",
            "retry: {first: 1d, longest: 1d}", "health: {every: 1d}", "pace: {calls: 1, per: 1d}",
            "call: {audio: \"https://example.com/a.mp3\"}", "call: {duration: 7, audio: \"HTTP://example.com\"}",
            "call: {audio: \"https://[::1]:8443/a%20b.mp3?key=a@b&c=(d)#e\"}", "call: {audio: \"${NOTIFY_URL}\"}",
            "call: {audio: \"https://exa-mple_1.example.com?a\"}",
            "redial: {notAnswered: {attempts: 1, after: 1m}}", "redial: {notAnswered: {attempts: 10, after: 7d}}",
            "redial: {notAnswered: {attempts: 2, after: 168h}}", "redial: {notAnswered: {attempts: 2, after: 60s}}",
            "redial: {notAnswered: {attempts: 2, after: 60000ms}}",
            "redial: {notAnswered: {attempts: 2, after: 10080m}}",
            "perPerson: {calls: 1, per: 1m}", "perPerson: {calls: 100, per: 30d, unansweredInARow: 1}",
            "perPerson: {unansweredInARow: 100}", "perPerson: {calls: 2, per: 720h}",
            "perPerson: {calls: 2, per: 2592000s}", "perPerson: {calls: \"${WORKERS}\", per: 43200m}",
            "optOut: {}", "optOut: {words: [], buttons: [], review: []}",
            "optOut: {words: [chega, \"não, obrigado\"], buttons: [Sair], review: [2]}",
            notify("on: [done]"), notify("on: [optOut, disconnected, brake, done]"), notify(),
            "queueWhileDisconnected: refuse", "queueWhileDisconnected: allow", "retention: 1d", "retention: 3650d",
            "retention: 180d",
        ]
        + [
            "clientToken: \"${ZAPI_CLIENT_TOKEN}\"", "baseURL: \"https://proxy.example:8443/zapi\"",
            "baseURL: \"http://localhost:8080/\"", "baseURL: \"http://127.9.8.7\"", "baseURL: \"http://[::1]:8080\"",
            "baseURL: \"http://127.0.0.1:80${WORKERS}\"", "baseURL: \"http://127.0.0.1:1\", pace: open",
            "pace: {calls: 6, per: 1m}", "dailyCap: 1", "dailyCap: 1000000", "warmup: [1]", "warmup: [20, 20, 1000000]",
        ].map(SampleFile.instances)

    static let refused: [String] =
        [
            "name: -a", "name: two words", "name: \(String(repeating: "x", count: 65))", "name: [a]", "name:",
            "contacts: \"\"", "contacts: [a.csv]", "columns: {phone: \"\"}", "columns: [a]", "columns: {name: [a, b]}",
            "columns: {phone: []}", "columns: {phone: [a, a]}", "columns: {phone: [a, \"\"]}",
            "columns: {phone: [[a]]}",
            "country: 0", "country: 1000", "country: BR", "country: \"055\"", "call: {}", "call: {duration: 0}",
            "call: {duration: 16}", "call: 5", "instances: []", "instances: {name: a}", "instances: [{name: a}]",
            "instances: [{name: a, id: A, token: literal-token}]",
            "instances: [{name: a b, id: A, token: \"${ZAPI_INSTANCE_TOKEN}\"}]",
            "instances: [{name: a, id: \"A/B\", token: \"${ZAPI_INSTANCE_TOKEN}\"}]",
            "instances: [{name: a, id: A, token: \"x${ZAPI_INSTANCE_TOKEN}\"}]",
            "share: 0", "share: 1001", "share: 0.5", "share: half", "share: [1]", "follow: yes", "follow: 1",
            "follow: [true]",
            "workers: 0", "workers: 257", "workers: many", "workers: 1.5", "timeout: 999ms", "timeout: 301s",
            "timeout: 6m",
            "timeout: 1h", "timeout: 30", "timeout: 30 s", "timeout: 300001ms", "inDoubt: drop", "inDoubt: [hold]",
            "retry: {attempts: 0}", "retry: {attempts: 21}", "retry: {first: 0ms}", "retry: {longest: 25h}",
            "retry: {longest: 86401s}", "retry: {longest: 86400001ms}", "retry: {longest: 1441m}", "retry: 4",
            "health: {}", "health: {every: 999ms}", "health: {every: 25h}", "pace: {calls: 6}", "pace: {per: 1m}",
            "pace: {calls: 0, per: 1m}", "pace: {calls: 1000001, per: 1m}", "pace: {calls: 1, per: 2d}", "pace: open",
            "expires: 2026-11-30", "expires: 2026-13-01T10:00Z", "expires: 1999-12-31T10:00Z",
            "expires: 2026-11-30T24:00Z",
            "expires: 2026-11-30T18:00-3", "expires: 2026-11-30T18:00+15:00",
            "window: sometimes", "window: [mon]", "window: {}", window("[]"), window("[monday]"), window("[mon, mon]"),
            window("mon"), window("[mon]", "9:00"), window("[mon]", "24:00"), window("[mon]", "09:00", "24:01"),
            window("[mon]", "09:60"), "window: {timezone: EST, days: [mon], from: \"09:00\", to: \"18:00\"}",
            "window: {timezone: UTC, days: [mon], from: \"22:00\", to: \"06:00\", overnight: yes}",
            "window: {timezone: UTC, days: [mon], from: \"09:00\", to: \"18:00\", holidays: [25/12/2026]}",
            "window: {timezone: UTC, days: [mon], from: \"09:00\", to: \"18:00\", holidays: [2026-12-25, 2026-12-25]}",
            "brake: {failures: 50%}", "brake: {over: 20}", "brake: {failures: 0%, over: 20}",
            "brake: {failures: 101%, over: 20}", "brake: {failures: 50, over: 20}", "brake: {failures: 50%, over: 0}",
            "brake: {failures: 50%, over: 10001}", "retry: {first: 2d}", "timeout: 1d", "health: {every: 2d}",
            "call: {audio: \"\"}", "call: {audio: aviso.mp3}", "call: {audio: \"ftp://example.com/a.mp3\"}",
            "call: {audio: \"https://example.com/a b.mp3\"}", "call: {audio: \"https://me:pass@example.com/a.mp3\"}",
            "call: {audio: \"https:///a.mp3\"}", "call: {audio: \"https://example.com/aviso ção.mp3\"}",
            "call: {audio: \"https://example.com/%zz\"}", "call: {audio: [a]}", "call: {audio: \"https://-a.com\"}",
            "redial: {}", "redial: 3h", "redial: {notAnswered: {}}", "redial: {notAnswered: {attempts: 2}}",
            "redial: {notAnswered: {after: 3h}}", "redial: {notAnswered: {attempts: 0, after: 3h}}",
            "redial: {notAnswered: {attempts: 11, after: 3h}}", "redial: {notAnswered: {attempts: 2, after: 59s}}",
            "redial: {notAnswered: {attempts: 2, after: 8d}}", "redial: {notAnswered: {attempts: 2, after: 604801s}}",
            "redial: {notAnswered: {attempts: 2, after: 59999ms}}", "redial: {notAnswered: 2}",
            "perPerson: {}", "perPerson: 2", "perPerson: {calls: 2}", "perPerson: {per: 7d}",
            "perPerson: {calls: 2, unansweredInARow: 3}", "perPerson: {per: 7d, unansweredInARow: 3}",
            "perPerson: {calls: 0, per: 7d}", "perPerson: {calls: 101, per: 7d}", "perPerson: {calls: 2, per: 31d}",
            "perPerson: {calls: 2, per: 59s}", "perPerson: {unansweredInARow: 0}", "perPerson: {unansweredInARow: 101}",
            "optOut: sair", "optOut: [sair]", "optOut: {words: sair}", "optOut: {words: [\"\"]}",
            "optOut: {words: [[sair]]}", "optOut: {review: [a, a]}",
            notify("on: []"), notify("on: [finished]"), notify("on: [done, done]"), notify("on: done"),
            "notify: \"https://example.com\"", "notify: {}", "notify: {url: \"${NOTIFY_URL}\"}",
            "notify: {secret: \"${NOTIFY_SECRET}\"}",
            "notify: {url: \"https://example.com\", secret: \"${NOTIFY_SECRET}\"}",
            "notify: {url: \"${NOTIFY_URL}\", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}",
            "queueWhileDisconnected: keep", "queueWhileDisconnected: true", "queueWhileDisconnected: [allow]",
            "retention: forever", "retention: [180d]",
        ]
        + [
            "clientToken: literal", "baseURL: \"http://api.z-api.io\"", "baseURL: \"ftp://api.z-api.io\"",
            "baseURL: \"https://me:pass@api.z-api.io\"", "baseURL: \"https://api.z-api.io?a=b\"",
            "baseURL: api.z-api.io",
            "pace: fast", "pace: {calls: 6}", "dailyCap: 0", "dailyCap: 1000001", "warmup: []", "warmup: 20",
            "warmup: [20, 0]", "warmup: [1000001]",
        ].map(SampleFile.instances)

    static let refusedByReader: [String] =
        [
            "workers: ${NOT_SET}", "follow: ${WORKERS}", "retry: {first: 1h}", "retry: {first: 2m, longest: 1m}",
            "expires: 2026-11-31T10:00Z",
            "expires: 2026-11-30T18:00", "window: {timezone: No/Where, days: [mon], from: \"09:00\", to: \"18:00\"}",
            window("[mon]", "09:00", "09:00"), window("[mon]", "18:00", "09:00"), "country: 999", "window: ${NOT_SET}",
            "window: {timezone: UTC, days: [mon], from: \"09:00\", to: \"18:00\", overnight: true}",
            "window: {timezone: UTC, days: [mon], from: \"09:00\", to: \"18:00\", holidays: [2026-02-29]}",
            "instances: [{name: a, id: A, token: \"${ZAPI_INSTANCE_TOKEN}\"}, {name: a, id: B, token: \"${ZAPI_INSTANCE_TOKEN}\"}]",
            "call: {audio: \"https://example.com:0/a.mp3\"}",
            "call: {audio: \"https://example.com/\(String(repeating: "x", count: 2029))\"}",
            "call: {audio: \"https://example..com/\"}", "optOut: {words: [\"👎\"]}",
            "optOut: {words: [\"\(String(repeating: "x", count: 101))\"]}", "optOut: {words: [a], review: [a]}",
            "notify: {url: \"${WORKERS}\", secret: \"${NOTIFY_SECRET}\"}",
            "notify: {url: \"${NOTIFY_URL}\", secret: \"${WORKERS}\"}",
        ]
        + [
            "pace: open", "warmup: [20, 10]", "baseURL: \"https://api.z-api.io/instances/A/token/B\"",
            "baseURL: \"https://api.z-api.io:0\"",
        ].map(SampleFile.instances)

    static let refusedBySchema = [
        "workers: \"8\"", "share: \"2\"", "call: {duration: \"5\"}", "retry: {attempts: '4'}",
    ]
}
