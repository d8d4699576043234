import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct RequeueTests {
        @Test func `a contact whose call was cleared is dialed again, and its attempt stays`() async throws {
            try await withAccepted { database, calls in
                try await database.opened { store in
                    #expect(try await store.requeue(calls).ready == calls)
                    #expect(try await store.requeue(calls) == RequeuedCalls())
                    _ = try await store.begin(Sample.start())
                    let again = try await store.claim(5)
                    #expect(again.count == 5)
                    #expect(again.count { $0.attempt.number == 2 && $0.triesUsed == 0 } == 3)
                }
                #expect(
                    try database.text(
                        "SELECT group_concat(DISTINCT error) FROM attempt WHERE number = 1 AND zaap_id <> ''")
                        == CampaignStore.clearedError)
            }
        }

        @Test func `a contact that has asked not to be called since is excluded`() async throws {
            try await withAccepted { database, calls in
                try await database.opened { store in
                    let phone = try Sample.phone(1)
                    _ = try await store.block(now: Sample.now) { try $0.add(phone, reason: "pediu") }
                    let requeued = try await store.requeue(calls)
                    #expect(requeued.ready == [calls[0], calls[2]])
                    #expect(requeued.blocked == [calls[1]])
                }
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.ready == 4 && counts.excluded == 1 && counts.total == 5)
            }
        }

        @Test func `of two forms of a number either one on the list excludes`() async throws {
            try await withAccepted { database, calls in
                // WhatsApp had another form of the number, which the contact is known by too.
                try database.change("INSERT INTO contact_identity VALUES (1, 5511900009999, 1)")
                try await database.opened { store in
                    let other = try #require(PhoneNumber(value: 5_511_900_009_999))
                    _ = try await store.block(now: Sample.now) { try $0.add(other, reason: "") }
                    #expect(try await store.requeue([calls[0]]).blocked == [calls[0]])
                }
            }
        }

        @Test(arguments: [
            "UPDATE contact_row SET state = 'failed', reason = 'refused' WHERE id = 1",
            "UPDATE contact_row SET state = 'in_doubt', reason = 'no_reply' WHERE id = 1",
            "UPDATE contact_row SET state = 'excluded', reason = 'cancelled' WHERE id = 1",
            "UPDATE contact_row SET attempts = 2 WHERE id = 1",
            "UPDATE contact_row SET delivery = 'delivered' WHERE id = 1",
            "UPDATE attempt SET zaap_id = 'another' WHERE contact_id = 1",
            "UPDATE attempt SET outcome = 'in_doubt' WHERE contact_id = 1",
        ])
        func `only a contact that was accepted by this very call, and is not known to be sent, is requeued`(
            change: String
        ) async throws {
            try await withAccepted { database, calls in
                try database.change(change)
                let before = try database.rows("SELECT * FROM contact")
                try await database.opened { store in
                    let requeued = try await store.requeue([calls[0]])
                    #expect(requeued == RequeuedCalls())
                    #expect(try await store.requeue([]) == RequeuedCalls())
                }
                #expect(try database.rows("SELECT * FROM contact") == before)
                #expect(try database.text("SELECT count(*) FROM attempt WHERE error IS NOT NULL") == "0")
            }
        }

        /// A campaign of five contacts, of which three are accepted.
        private func withAccepted(_ body: (TemporaryDatabase, [ClearedCall]) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                let calls = try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(3)
                    try await store.record(calls.map { Sample.accepted($0) })
                    return calls.map { ClearedCall(attempt: $0.attempt, zaapId: "Z\($0.attempt.contact).1") }
                }
                try await body(database, calls)
            }
        }
    }
}
