import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Pages of contacts, for those who look at a campaign of any size.
    @Suite struct ContactPageTests {
        /// All pages of a choice, one after another.
        private static func pages(
            _ reader: StoreReader, where filter: ContactFilter? = nil, finding text: String? = nil, limit: Int
        ) throws -> [[PhoneNumber]] {
            var pages: [[PhoneNumber]] = []
            var place: ContactPlace?
            repeat {
                let page = try reader.contactPage(
                    campaign: Sample.name, where: filter, finding: text.flatMap { TextSearch($0) }, after: place,
                    limit: limit)
                pages.append(page.entries.map(\.contact.phone))
                // As it stands in an address.
                place = page.next.flatMap { ContactPlace($0.text) }
                #expect((place == nil) == (page.next == nil))
            } while place != nil
            return pages
        }

        @Test(arguments: [nil, ContactFilter.state(.failed), .state(.failed).and(.reason("refused"))])
        func `the pages of a choice have each of its contacts once`(filter: ContactFilter?) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 23)
                try await database.fill(contacts: 23, campaign: "outra")
                try database.change(
                    """
                    UPDATE contact_row SET state = 'failed', reason = 'refused', attempts = 1, due_at = id % 3
                    WHERE id % 2 = 0
                    """)
                let reader = try database.reader()
                var expected: [PhoneNumber] = []
                try reader.forEachContact(campaign: Sample.name) {
                    if filter?.matches($0) ?? true { expected.append($0.phone) }
                }
                for limit in [1, 5, 22, 23, 100] {
                    let pages = try Self.pages(reader, where: filter, limit: limit)
                    #expect(Set(pages.joined()) == Set(expected))
                    #expect(pages.joined().count == expected.count)
                    #expect(pages.dropLast().allSatisfy { $0.count == limit })
                }
            }
        }

        @Test func `a text finds the same page by page as at once, and so does a filter of it`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 30)
                let reader = try database.reader()
                let text = "9000000"
                let search = try #require(TextSearch(text))
                // All are in one state, with the same turn.
                let expected = try reader.contacts(campaign: Sample.name, finding: search, atMost: 100).map(\.phone)
                #expect(expected.count == 10)
                #expect(try Array(Self.pages(reader, finding: text, limit: 3).joined()) == expected)
                let filter = try #require(ContactFilter.having(text))
                #expect(try Array(Self.pages(reader, where: filter, limit: 3).joined()) == expected)
            }
        }

        @Test func `a filter of one number reads nothing else, and respects its other conditions`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                let reader = try database.reader()
                let phone = try Sample.phone(3)
                #expect(try Self.pages(reader, where: .phone(phone), limit: 2) == [[phone]])
                #expect(try Self.pages(reader, where: .phone(phone).and(.state(.failed)), limit: 2) == [[]])
                let entries = try reader.contactPage(campaign: Sample.name, of: phone).entries
                #expect(entries.map(\.contact.phone) == [phone])
                let id = try #require(entries.first?.id)
                #expect(try reader.phone(ofContact: id, campaign: Sample.name) == phone)
                let preview = try reader.retryPreview(
                    campaign: Sample.name, where: .phone(phone), showing: 5, lookingAt: 1)
                #expect(preview.chosen == 1 && !preview.isCutShort)
            }
        }

        @Test func `a preview of the first contacts says that there are more`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 9)
                try database.change(
                    "UPDATE contact_row SET state = 'failed', reason = 'refused', attempts = 1 WHERE id > 1")
                let reader = try database.reader()
                let part = try reader.retryPreview(
                    campaign: Sample.name, where: .state(.failed), showing: 2, lookingAt: 4)
                #expect(part.retryable == 4 && part.first.count == 2 && part.isCutShort)
                let all = try reader.retryPreview(
                    campaign: Sample.name, where: .state(.failed), showing: 2, lookingAt: 8)
                #expect(all.retryable == 8 && !all.isCutShort)
                #expect(all == (try reader.retryPreview(campaign: Sample.name, where: .state(.failed), showing: 2)))
            }
        }

        @Test(arguments: [
            "", "ready", "ready.1", "ready.1.2.3", "gone.0.1", "ready.99999999999999999999.1", "ready.1.-",
        ])
        func `what is no place of a page is not taken for one`(text: String) {
            #expect(ContactPlace(text) == nil)
        }

        @Test func `the last place there can be is followed by nothing`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let place = ContactPlace(.ready, dueAt: .max, id: .max)
                for filter in [nil, ContactFilter.state(.ready)] {
                    let page = try database.reader().contactPage(
                        campaign: Sample.name, where: filter, after: place, limit: 5)
                    #expect(page.entries.isEmpty && page.next == nil)
                }
            }
        }
    }
}
