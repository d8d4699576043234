import CampaignCore
import CampaignFile
import Testing

@Suite struct WholeFileTests {
    @Test func `the example of the documentation becomes exactly its campaign`() throws {
        var instance = Instance(
            name: "vendas",
            id: "3C01A7B2",
            token: Secret("tkn-5up3r"),
            clientToken: Secret("cli-5up3r")
        )
        instance.pace = .every(Pace(calls: 6, per: .seconds(60)))
        instance.dailyCap = 200
        instance.warmup = [20, 50, 100, 200]
        var expected = Campaign(name: "cobranca-novembro", instances: [instance])
        expected.contacts = "contatos.csv"
        expected.columns = ColumnNames(phone: "telefone", name: "nome", callDuration: "duracao")
        expected.fallsBack = true
        expected.pace = Pace(calls: 30, per: .seconds(60))
        expected.share = 2
        expected.follows = true
        // 2026-11-30T21:00:00Z
        expected.expires = Timestamp(milliseconds: 1_796_072_400_000)
        expected.window = CallingWindow(
            timeZone: "America/Sao_Paulo",
            days: [.mon, .tue, .wed, .thu, .fri],
            fromMinute: 540,
            toMinute: 1080,
            holidays: [.init(year: 2026, month: 12, day: 25)]
        )
        expected.hasWrittenWindow = true
        expected.brake = Brake(failuresPercent: 50, over: 20)
        expected.callAudioURL = "https://example.com/aviso.mp3"
        expected.redial = RedialPolicy(attempts: 2, after: .seconds(3 * 3600))
        expected.perPerson = PersonLimit(
            quota: PersonLimit.Quota(calls: 2, per: .seconds(7 * 86_400)), unansweredInARow: 3)
        expected.optOut = OptOutLists(words: ["chega"], buttons: ["Não quero receber"], review: ["2", "chato"])
        expected.notify = NotificationTarget(
            url: Secret("https://example.com/hook/5up3r"), secret: Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            events: [.brake, .optOut])
        expected.queueWhileDisconnected = .allow
        expected.retention = .seconds(180 * 86_400)

        #expect(try Example.parse(Example.full) == expected)
    }

    @Test func `what is left out has the documented default`() throws {
        let instance = Instance(name: "sales", id: "3C01", token: Secret("tkn-5up3r"))
        let expected = Campaign(name: "reminders", instances: [instance])
        #expect(try Example.parse(Example.minimal()) == expected)
    }

    @Test func `every limit can be set to another value`() throws {
        let campaign = try Example.parse(
            Example.minimal(
                adding: """
                    country: 351
                    call: {duration: 15}
                    share: 1000
                    follow: true
                    workers: 256
                    timeout: 5m
                    retry: {attempts: 20, first: 250ms, longest: 250ms}
                    inDoubt: retry
                    health: {every: 2h}
                    """
            )
        )
        #expect(campaign.country == "351")
        #expect(campaign.callDuration == 15)
        #expect(campaign.share == 1000)
        #expect(campaign.follows)
        #expect(campaign.workers == 256)
        #expect(campaign.timeout == .seconds(300))
        #expect(campaign.retry == RetryPolicy(attempts: 20, first: .milliseconds(250), longest: .milliseconds(250)))
        #expect(campaign.inDoubt == .retry)
        #expect(campaign.healthInterval == .seconds(7200))
    }

    @Test func `every column that means something can be named, also by its number`() throws {
        let text = """
            columns: {phone: numero, name: nome, callDuration: toque, callAudioUrl: 5, notBefore: quando, ddd: \"área\", \
            ddi: 7}
            """
        var names = ColumnNames(phone: "numero", name: "nome", callDuration: "toque", ddd: "área", ddi: "7")
        names.callAudioUrl = "5"
        names.notBefore = "quando"
        #expect(try Example.parse(Example.minimal(adding: text)).columns == names)
    }

    @Test func `the phone is one column or several, in their order`() throws {
        let several = try Example.parse(Example.minimal(adding: "columns: {phone: [Celular, Fone Res., 7]}")).columns
        #expect(several.phone == "Celular" && several.furtherPhones == ["Fone Res.", "7"])
        let one = try Example.parse(Example.minimal(adding: "columns: {phone: [Celular]}")).columns
        #expect(one == ColumnNames(phone: "Celular"))
        for (wrong, text) in [
            ("[]", "columns.phone: the list is empty"), ("[a, a]", "columns.phone[1]: this is in the list twice"),
            ("[[a]]", "columns.phone[0]: a list is not allowed here"),
            ("{a: b}", "columns.phone: a mapping is not allowed here: write a column name, or a list of them"),
        ] {
            let error = #expect(throws: CampaignFileError.self) {
                try Example.parse(Example.minimal(adding: "columns: {phone: \(wrong)}"))
            }
            #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
        }
    }

    @Test func `quotes around a value make no difference`() throws {
        let bare = Example.minimal(adding: "workers: 4\ntimeout: 10s\ncountry: 55\nshare: 3\nfollow: true")
        let quoted = Example.minimal(
            adding: "workers: \"4\"\ntimeout: '10s'\ncountry: '55'\nshare: '3'\nfollow: \"true\"")
        #expect(try Example.parse(bare) == Example.parse(quoted))
    }

    @Test(arguments: ["\r\n", "\n"])
    func `any line ending is read`(ending: String) throws {
        let text = Example.full.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: ending)
        #expect(try Example.parse(text) == Example.parse(Example.full))
    }

    @Test func `all problems are reported together, in the order of their lines`() {
        let text = """
            brake: {failures: 50}
            name: two words
            workers: many
            instances:
              - name: sales
                token: ${NOT_SET}
                pace: {calls: 0, per: 1x}
              - nothing
            """
        let error = #expect(throws: CampaignFileError.self) { try Example.parse(text) }
        #expect(
            error?.description == """
                campaign.yml:1: brake.failures: "50" is not a valid percentage: write a percentage from 1% to 100%, such as 50%.
                campaign.yml:1: brake.over: this key is missing: write {failures: 50%, over: 20}.
                campaign.yml:2: name: "two words" is not a valid name: write up to 64 letters (a-z), digits, -, _ or ., \
                a letter or digit first.
                campaign.yml:3: workers: "many" is not a whole number: write a whole number from 1 to 256.
                campaign.yml:5: instances[0].id: this key is missing: write the id that Z-API shows, or a ${VARIABLE}.
                campaign.yml:6: instances[0].token: the variable NOT_SET is not set: \
                set it in the environment or the env file.
                campaign.yml:7: instances[0].pace.calls: "0" is out of range: write a whole number from 1 to 1000000.
                campaign.yml:7: instances[0].pace.per: "1x" is not a valid duration: \
                write a number and ms, s, m, h or d, such as 30s.
                campaign.yml:8: instances[1]: a single value is not allowed here: write name, id and token of an instance.
                """
        )
    }

    @Test func `a problem knows its column`() throws {
        let error = try #require(throws: CampaignFileError.self) {
            try Example.parse(Example.minimal(adding: "    pace: {calls: 6, per: 1x}"))
        }
        #expect(error.problems.map(\.column) == [27])
        #expect(error.problems.map(\.line) == [6])
        #expect(error.problems.map(\.keyPath) == ["instances[0].pace.per"])
    }
}
