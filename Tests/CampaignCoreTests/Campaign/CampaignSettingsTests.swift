import CampaignCore
import Testing

@Suite struct `The settings of a campaign` {
    @Test func `are written as in its file, and hold no secret`() {
        var instance = Instance(name: "vendas", id: "3A", token: Secret("TOKEN"), clientToken: Secret("CLIENT"))
        instance.pace = .every(Pace(calls: 6, per: .seconds(60)))
        instance.dailyCap = 200
        instance.warmup = [20, 50]
        instance.baseURL = "https://user:PASSWORD@example.com"
        var campaign = Campaign(name: "c", instances: [instance])
        campaign.callAudioURL = "https://example.com/a.mp3?key=AUDIOKEY"
        campaign.perPerson = PersonLimit(
            quota: PersonLimit.Quota(calls: 2, per: .seconds(7 * 86_400)), unansweredInARow: 3)
        campaign.redial = RedialPolicy(attempts: 2, after: .seconds(10_800))
        campaign.retry = RetryPolicy(attempts: 4, first: .milliseconds(250), longest: .seconds(90))
        let settings = Dictionary(campaign.settings.map { ($0.key, $0.value) }) { first, _ in first }
        #expect(settings.count == campaign.settings.count, "no key comes twice")
        let expected = [
            "country": "55", "call": "{duration: 5, audio: …}", "instances.vendas.pace": "{calls: 6, per: 1m}",
            "instances.vendas.dailyCap": "200", "instances.vendas.warmup": "[20, 50]", "timeout": "30s",
            "retry": "{attempts: 4, first: 250ms, longest: 90s}", "inDoubt": "hold",
            "redial": "{notAnswered: {attempts: 2, after: 3h}}",
            "window": "{timezone: contact, days: [mon, tue, wed, thu, fri, sat], from: 09:00, to: 20:00}",
            "perPerson": "{calls: 2, per: 7d, unansweredInARow: 3}",
        ]
        for (key, value) in expected { #expect(settings[key] == value, "\(key)") }
        let text = settings.values.joined()
        for secret in ["TOKEN", "CLIENT", "PASSWORD", "AUDIOKEY"] { #expect(!text.contains(secret)) }
    }
}

@Suite struct `The language` {
    private static let environments: [([String: String], Language)] = [
        ([:], .english), (["LANG": "pt_BR.UTF-8"], .portuguese), (["LANG": "pt_PT"], .portuguese),
        (["LANG": "de_DE.UTF-8"], .english), (["LANG": "pt_BR", "LC_ALL": "C"], .english),
        (["LANG": "en_US", "LC_MESSAGES": "pt_BR.UTF-8"], .portuguese), (["LANG": "pt_BR", "LC_ALL": ""], .portuguese),
        (["LC_MESSAGES": "pt_BR", "LC_ALL": "en_GB.UTF-8"], .english),
    ]

    @Test(arguments: environments)
    func `is that of the first variable that is set`(environment: [String: String], language: Language) {
        #expect(Language(environment: environment) == language)
    }

    @Test(arguments: ["fr", "", "portugal", "pter"])
    func `is never guessed from another name`(name: String) {
        #expect(Language(name) == nil)
    }
}
