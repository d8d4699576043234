import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct ProviderQueueTests {
        @Test func `what the queue resolves has Z-API's ids, and keeps what had happened`() async throws {
            try await withDoubt { database, phone in
                let item = Sample.item("Q1", phone)
                let resolved = try await database.resolve([item])
                #expect(resolved == [phone])
                #expect(
                    try database.text("SELECT state || ' ' || reason FROM contact WHERE id = 1")
                        == "accepted found_in_queue")
                #expect(
                    try database.text(
                        "SELECT outcome || ' ' || zaap_id || ' ' || message_id || ' ' || error FROM attempt")
                        == "accepted Q1 M-Q1 interrupted")
                #expect(try database.text("SELECT ended_at - started_at FROM attempt") == "0")
                #expect(try await database.resolve([item]) == [])
            }
        }

        @Test func `what webhooks had said about the call counts from then on`() async throws {
            try await withDoubt { database, phone in
                let lid = try #require(PhoneNumber(text: "77@lid"))
                _ = try await database.opened { store in
                    try await store.receive([
                        Sample.incoming(CallEvent(Sample.call(.started), lid: lid, ids: ["M-Q1"]))
                    ])
                }
                #expect(try database.contacts() == ["in_doubt interrupted"])
                #expect(try await database.resolve([Sample.item("Q1", phone)]) == [phone])
                #expect(try database.contacts() == ["accepted found_in_queue delivered answered"])
                #expect(try database.events() == ["applied 1.1"])
            }
        }

        @Test func `WhatsApp's form without the ninth digit is the same number`() async throws {
            try await withDoubt { database, phone in
                let short = try #require(PhoneNumber(text: "551190000000"))
                #expect(short.identity == phone.identity)
                #expect(try await database.resolve([Sample.item("Q1", short)]) == [phone])
            }
        }

        @Test func `the same number in doubt in two campaigns is resolved in neither`() async throws {
            try await withDoubt { database, phone in
                try await database.doubt(in: "outra")
                let item = Sample.item("Q1", phone)
                #expect(try await database.resolve([item]) == [])
                #expect(try await database.resolve([item], campaign: "outra") == [])
                // A person has resolved one of them; the item may still belong to that one, and not to the other.
                try await database.opened {
                    _ = try await $0.resolve(campaign: "outra", .all, as: .called)
                }
                #expect(try await database.resolve([item]) == [])
            }
        }

        @Test func `a call that another campaign has the id of is that campaign's`() async throws {
            try await withDoubt { database, phone in
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start("outra"))
                    try await store.record(try await store.claim(1).map { Sample.accepted($0, zaapId: "Q1") })
                }
                #expect(try await database.resolve([Sample.item("Q1", phone)]) == [])
                #expect(try await database.resolve([Sample.item("Q1", phone), Sample.item("Q2", phone)]) == [phone])
                #expect(try database.text("SELECT zaap_id FROM attempt WHERE contact_id = 1") == "Q2")
            }
        }

        @Test func `an interrupted run of another campaign may have placed the call just as well`() async throws {
            try await withDoubt { database, phone in
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start("outra"))
                    _ = try await store.claim(1)
                }
                #expect(try await database.resolve([Sample.item("Q1", phone)]) == [])
            }
        }

        @Test func `an instance that never dialed, or a campaign that is not known, has nothing to resolve`()
            async throws
        {
            try await withDoubt { database, phone in
                let item = Sample.item("Q1", phone)
                let resolved = try await database.resolve([item], instance: "Z")
                #expect(resolved == [])
                #expect(try await database.resolve([item], instance: "B") == [])
                await #expect(throws: StoreError.self) { try await database.resolve([item], campaign: "nenhuma") }
            }
        }

        @Test func `each call of a queue has its owner, whatever campaign that is in`() async throws {
            try await withDoubt { database, phone in
                try await database.fill(contacts: 1, campaign: "outra", from: 7)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start("outra"))
                    try await store.record(try await store.claim(1).map { Sample.accepted($0, zaapId: "Z\"7") })
                }
                _ = try await database.resolve([Sample.item("Q1", phone)])
                let owners = try database.reader().owners(ofCalls: ["Q1", "Z\"7", "estranho"], instance: "A")
                #expect(owners.count == 2)
                #expect(owners["Q1"]?.campaign == Sample.name && owners["Q1"]?.phone == phone)
                #expect(owners["Q1"]?.attempt == AttemptID(contact: 1, number: 1))
                #expect(owners["Z\"7"]?.campaign == "outra")
                #expect(owners["Z\"7"]?.own == [try Sample.phone(7).text])
                #expect(try database.reader().owners(ofCalls: [], instance: "A").isEmpty)
                #expect(try database.reader().owners(ofCalls: ["Q1"], instance: "B").isEmpty)
            }
        }

        @Test(arguments: [ProviderQueueItemKind.unknown, .call(seconds: 7)])
        func `an item that may be the call is kept as evidence, once, and resolves nothing`(kind: ProviderQueueItemKind)
            async throws
        {
            try await withDoubt { database, phone in
                var item = Sample.item("Q1", phone)
                item.kind = kind
                for _ in 0..<2 { #expect(try await database.resolve([item]) == []) }
                let evidence = try database.reader().queueEvidence(campaign: Sample.name)
                #expect(evidence.keys.map(\.text) == [phone.text])
                let one = try #require(evidence[phone]?.first)
                #expect(evidence[phone]?.count == 1 && one.zaapId == "Q1" && one.attempt == 1)
                #expect(one.createdAt == item.createdAt && one.messageId == "M-Q1")
                #expect(one.callDuration == (kind == .unknown ? nil : 7))
                #expect(try database.text("SELECT state FROM contact WHERE id = 1") == "in_doubt")
                let other = try #require(PhoneNumber(value: 5_511_999_999_999))
                #expect(try database.reader().queueEvidence(campaign: Sample.name, of: other).isEmpty)
                #expect(try database.reader().queueEvidence(campaign: Sample.name, of: phone).count == 1)
            }
        }

        @Test(arguments: [-110, -3, 16, 300, nil] as [Int?])
        func `a call of the right length from before the intent, long after it or without a time is only evidence`(
            seconds: Int?
        ) async throws {
            try await withDoubt { database, phone in
                var item = Sample.item("Q1", phone, seconds: seconds ?? 0)
                if seconds == nil { item.createdAt = nil }
                let resolved = try await database.resolve([item])
                #expect(resolved == [])
                #expect(try database.reader().queueEvidence(campaign: Sample.name)[phone]?.map(\.zaapId) == ["Q1"])
                #expect(try database.text("SELECT state FROM contact WHERE id = 1") == "in_doubt")
            }
        }

        @Test func `a text message of another program to the number of a lost call is nothing at all`() async throws {
            try await withDoubt { database, phone in
                var item = Sample.item("Q1", phone)
                item.kind = .message
                let resolved = try await database.resolve([item])
                #expect(resolved == [])
                #expect(try database.reader().queueEvidence(campaign: Sample.name).isEmpty)
                #expect(try await database.resolve([item, Sample.item("Q2", phone)]) == [phone])
            }
        }

        @Test func `evidence of a doubt that has been resolved is no longer shown`() async throws {
            try await withDoubt { database, phone in
                var item = Sample.item("Q1", phone)
                item.kind = .unknown
                let resolved = try await database.resolve([item])
                #expect(resolved == [])
                #expect(try await database.resolve([Sample.item("Q2", phone)]) == [phone])
                #expect(try database.reader().queueEvidence(campaign: Sample.name).isEmpty)
            }
        }

        /// A campaign of one contact, whose attempt through instance A was interrupted.
        private func withDoubt(_ body: (TemporaryDatabase, PhoneNumber) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.doubt(in: Sample.name)
                try await body(database, try Sample.phone(0))
            }
        }
    }
}

extension TemporaryDatabase {
    /// A campaign of one contact that is in doubt.
    fileprivate func doubt(in campaign: String) async throws {
        try await fill(contacts: 1, campaign: campaign)
        try await opened { store in
            _ = try await store.begin(Sample.start(campaign))
            _ = try await store.claim(1)
        }
        try await opened { _ = try await $0.begin(Sample.start(campaign)) }
    }

    fileprivate func resolve(
        _ items: [ProviderQueueItem], instance: String = "A", campaign: String = Sample.name
    ) async throws -> [PhoneNumber] {
        try await opened {
            try await $0.resolveDoubts(foundIn: items, instance: instance, campaign: campaign, ringing: 5)
        }
    }
}
