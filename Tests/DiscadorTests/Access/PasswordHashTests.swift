import CampaignCore
import Testing

@testable import discador

@Suite struct `Passwords and tokens` {
    /// Little memory, so that the test is quick.
    private static let cost = PasswordCost(rounds: 16, blockSize: 1, parallelism: 1)

    @Test func `a password is recognized, and no other`() throws {
        let stored = try PasswordHash.stored("correct horse", cost: Self.cost)
        #expect(PasswordHash.matches("correct horse", stored))
        for other in ["correct hors", "correct horse ", "Correct horse", "", String(repeating: "x", count: 5000)] {
            #expect(!PasswordHash.matches(other, stored), "\(other)")
        }
        #expect(!PasswordHash.matches("correct horse", nil))
        #expect(stored.hash.count == 32 && stored.salt.count == 16 && stored.cost == Self.cost)
        #expect(try PasswordHash.stored("correct horse", cost: Self.cost).hash != stored.hash)
    }

    @Test func `the hash is scrypt, as RFC 7914 has it`() throws {
        // The second test vector is of 64 bytes with N = 1024, r = 8, p = 16; scrypt's first 32 bytes do not depend on the
        // length.
        let cost = PasswordCost(rounds: 1024, blockSize: 8, parallelism: 16)
        let stored = try PasswordHash.stored("password", cost: cost, salt: Array("NaCl".utf8))
        let expected: [UInt8] = [
            0xfd, 0xba, 0xbe, 0x1c, 0x9d, 0x34, 0x72, 0x00, 0x78, 0x56, 0xe7, 0x19, 0x0d, 0x01, 0xe9, 0xfe, 0x7c, 0x6a,
            0xd7, 0xcb, 0xc8, 0x23, 0x78, 0x30, 0xe7, 0x73, 0x76, 0x63, 0x4b, 0x37, 0x31, 0x62,
        ]
        #expect(stored.hash == expected)
    }

    @Test func `a letter is the same however it was typed`() throws {
        let stored = try PasswordHash.stored("ligação segura", cost: Self.cost)
        #expect(PasswordHash.matches("ligac\u{327}a\u{303}o segura", stored))
    }

    @Test(arguments: [
        PasswordCost(rounds: 1 << 40, blockSize: 8, parallelism: 1),
        PasswordCost(rounds: 0, blockSize: 8, parallelism: 1),
        PasswordCost(rounds: 16, blockSize: 1 << 40, parallelism: 1),
        PasswordCost(rounds: 16, blockSize: 8, parallelism: -1),
    ])
    func `what a damaged database says of a password lets nobody in, and ends nothing`(cost: PasswordCost) {
        #expect(!PasswordHash.matches("correct horse", StoredPassword(hash: [1], salt: [1], cost: cost)))
        #expect(!PasswordHash.matches("correct horse", StoredPassword(hash: [], salt: [], cost: Self.cost)))
    }

    @Test func `too short and too long ones are refused`() {
        #expect(PasswordHash.problem(with: "123456789") != nil)
        #expect(PasswordHash.problem(with: "1234567890") == nil)
        #expect(PasswordHash.problem(with: "ç" + "123456789") == nil)
        #expect(PasswordHash.problem(with: String(repeating: "x", count: 1025)) != nil)
    }

    @Test func `a token has its prefix, is read again, and is another each time`() throws {
        let token = AccessToken()
        let text = token.text.reveal()
        #expect(text.wholeMatch(of: /dsc_[A-Za-z0-9_-]{43}/) != nil, "\(text)")
        #expect(AccessToken(text) == token && AccessToken(text)?.hash == token.hash && token.hash.count == 32)
        #expect(AccessToken().hash != token.hash)
        for wrong in ["", text + "a", String(text.dropLast()), "dsx" + text.dropFirst(3), text.dropLast() + "="] {
            #expect(AccessToken(wrong) == nil, "\(wrong)")
        }
        #expect("\(token)".contains(text) == false)
    }
}
