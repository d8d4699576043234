/// The simulator's manual for its users; `discador simulate --help` prints it.
package enum SimulatorManual {
    /// The whole manual: plain text, at most 100 columns.
    package static let text = [introduction, endpoints, digits, webhooks, scenario, ledger].joined(separator: "\n")

    private static let introduction = """
        A simulated Z-API, built from Z-API's documentation (developer.z-api.io, as of 2026). It listens on
        this machine only, rings no phone, records which phones would have rung, and sends webhooks.

        """

    private static let endpoints = """
        ENDPOINTS, all under /instances/{id}/token/{token}/
          POST   send-call             {"phone": "5511999999999", "callDuration": 5}; 1 to 15 seconds;
                                       callAudioUrl plays an audio, with the calls contract
          GET    status                is the instance's phone connected?
          GET    me                    the instance and its webhooks
          POST   queue                 {"pageSize": 30, "pagingState": null}: calls held while disconnected
          DELETE queue                 deletes them all
          DELETE queue/{zaapId}        deletes one
          POST   phone-exists-batch    {"phones": ["5511999999999"]}: which have WhatsApp; up to 50000
          GET    phone-exists/{phone}  the same for one phone: a list of one
          PUT    update-webhook-...    {"value": "https://..."}; http only to this machine; "" removes it:
                                       delivery, message-status, received, received-delivery,
                                       disconnected, connected, chat-presence
          PUT    update-every-webhooks {"value": "https://...", "notifySentByMe": true}: all of them
          PUT    update-notify-sent-by-me  {"notifySentByMe": true}: shown by me
          PUT    update-filters        {"messageFilters": [], "callbackTypeFilters": []}: what is not told
          PUT    update-queue-settings {"disableEnqueueWhenDisconnected": true}: calls of an instance that
                                       has lost its phone are answered 400 "You are not connected."
        Errors are {"error": "..."}: 400 invalid value, 403 missing or wrong Client-Token, 404 no such
        instance, 405 wrong method, 415 Content-Type is not application/json.

        """

    private static let digits: String = {
        let rows = Behavior.digitTable.map { row in
            "  \(row.digits)  \(padded(row.behavior.rawValue, to: 15))\(row.description)\n"
        }
        return """
            THE LAST TWO DIGITS of a phone number decide what it does; every other ending is accepted and rings.
            \(rows.joined())
            """
    }()

    private static let webhooks: String = {
        let rows = Disposition.digitTable.map { row in
            "  \(row.digits)  \(padded(row.disposition.rawValue, to: 25))\(row.description)\n"
        }
        let faults = WebhookFault.allCases.map { "  \(padded($0.rawValue, to: 15))\($0.explanation)\n" }
        return """
            WEBHOOKS are sent once an address is set. Then THE THIRD AND FOURTH DIGITS FROM THE END of a phone
            decide what becomes of an accepted call; of the others, even are answered, odd are missed.
            \(rows.joined())
            Without an address every accepted call rings, and nothing is told. Deliveries are told right after
            the reply, answers when the ring is over, replies later; timeScale shortens that. A receiver has
            5 s to answer. At most 20000 webhooks wait; more are dropped.

            FAULTS of webhooks, by their shares in the scenario
            \(faults.joined())
            """
    }()

    private static func padded(_ name: String, to width: Int) -> String {
        name + String(repeating: " ", count: max(1, width - name.utf8.count))
    }

    private static let scenario = """
        SCENARIO, a JSON file; every key is optional, an unknown one is an error
          instances       those that exist, each with id and token; without it, any id and token work
          clientToken     the required Client-Token; without it, none is required
          seed            decides ids, latencies and rates: the same seed gives the same run; without it,
                          `simulate` gives calls other ids at every start
          choice          "digits" (the table above) or "rates"
          rates           with choice "rates": share of requests, 0 to 1, by the names in the table above;
                          the rest is accepted; each request is drawn anew, by seed, phone and count
          latency         how long every send-call waits between its ledger line and its reply
          hang            how long a hanging call holds its connection
          retryAfter      the Retry-After of a 429, in whole seconds
          disconnections  when an instance loses its phone, counted from the start, and for how long:
                          its calls are answered 200, held (at most 1000), and ALL RING when it returns
          queueShowsCalls whether calls in the queue have a CallDuration; Z-API's documentation shows none
          messages        texts from another program, sent when their instance loses its phone
          tokenForm       how an instance's token is written in the errors of tellToken and then also in
                          the ids of messages in the queue:
                          plain, percent, percentTwice, percentU, entities, escapes, hex, base64,
                          lines, blanks, zeroWidth
          account         what me says: due (seconds since 1970), paymentStatus, callRejectAuto
          callsContract   whether webhooks say if a call was answered, as for accounts with the calls
                          contract (the default), or only what ordinary accounts are told
          dispositions    share of calls, 0 to 1, by the names in the table of webhooks; the rest by digits
          timeScale       how long a second takes for webhooks: 0.1 is ten times as fast, 0 at once
          faults          share of webhooks, 0 to 1, by the names in the table of faults
          lateBy          how much later a late webhook is sent, before timeScale
          webhookRepeats  how often a webhook is sent again that is not answered 2xx, up to 10; 0 is none
        Durations are 250ms, 30s, 5m or 2h. For example:
        \(exampleScenario)
        """

    /// A scenario file that uses every key; part of the manual.
    package static let exampleScenario = """
        {
          "instances": [{"id": "A", "token": "a-token-of-at-least-8"}],
          "clientToken": "another-of-at-least-8",
          "seed": 7,
          "choice": "rates",
          "rates": {"throttle": 0.02, "fail": 0.01, "hang": 0.001, "cutAfter": 0.001, "noWhatsApp": 0.05},
          "latency": {"from": "20ms", "to": "80ms"},
          "hang": "60s",
          "retryAfter": "1s",
          "disconnections": [{"instance": "A", "after": "10s", "for": "30s"}],
          "queueShowsCalls": false,
          "messages": [{"instance": "A", "phone": "5511999999900", "text": "oi"}],
          "tokenForm": "percent",
          "account": {"due": 1796083200, "paymentStatus": "OVERDUE", "callRejectAuto": true},
          "callsContract": false,
          "dispositions": {"callsBack": 0.1, "repliesStop": 0.05},
          "timeScale": 0.1,
          "faults": {"duplicate": 0.2, "late": 0.1},
          "lateBy": "60s",
          "webhookRepeats": 2
        }

        """

    private static let ledger = """
        LEDGER, a file with one line of JSON for each request, written before the reply is sent
          sequence, at (ms since 1970), instance, method, endpoint, phone, callDuration, callAudioUrl,
          behavior, httpStatus (absent: the connection was cut), rang, queued, zaapId, messageId,
          disposition
        A held call that rings on reconnection has its own line, with the endpoint "ring". So has each
        webhook, with the endpoint "webhook", its type as webhook, what it says as event, its fault, and
        as httpStatus what the receiver answered (absent: nothing in time). Tokens and the addresses of
        webhooks are never written. An existing ledger is continued; a file that holds anything else is
        refused. A device or a pipe is written to directly.
        """
}
