/// The calling codes of the world, how many digits follow each of them, and what is dialed before a number inside the
/// country.
///
/// Facts from the metadata of Google's libphonenumber as the PyPI package `phonenumbers` 9.0.43 publishes it, read
/// 2026-11; only what ITU-T E.164 allows (15 digits in all) and what a person may have: fixed, mobile, personal and
/// internet numbers, no toll-free or premium-rate ones. A row: calling code, main region, lengths of a national number,
/// lengths of a mobile one, trunk prefix (`-`: none), first digits of a national number, first digits of a mobile one
/// (those with which at least one number in two hundred exists). The table makes the file long.
struct CallingCode: Sendable {
    /// 1 to 3 digits.
    let code: Int64
    /// How many digits `code` has.
    let digits: Int
    /// Lengths of a national number, a set of bits: bit 9 for nine digits.
    let lengths: UInt32
    /// Lengths of a national mobile number, likewise.
    let mobileLengths: UInt32
    /// What is dialed before a national number inside the country; it is not part of the international number.
    let trunk: PhoneDigits
    /// First digits of a national number, a set of bits.
    let firstDigits: UInt16
    /// First digits of a national mobile number, likewise.
    let mobileFirstDigits: UInt16

    /// The calling code with exactly this number, or nil when there is none.
    static func named(_ code: Int64) -> CallingCode? {
        guard 1...999 ~= code else { return nil }
        return byCode[Int(code)]
    }

    /// The calling code a number begins with. No code is the beginning of another.
    static func beginning(_ number: PhoneDigits) -> CallingCode? {
        guard number.first != 0 else { return nil }
        for length in 1...3 where length < number.count {
            if let found = named(number.prefix(length).value) { return found }
        }
        return nil
    }

    private static let byCode: [CallingCode?] = {
        var table = [CallingCode?](repeating: nil, count: 1000)
        for row in facts.split(separator: "\n") {
            guard let entry = CallingCode(row: row) else { continue }
            table[Int(entry.code)] = entry
        }
        return table
    }()

    private init?(row: Substring) {
        let cells = row.split(separator: " ")
        guard cells.count == 7, let code = Int64(cells[0]) else { return nil }
        self.code = code
        digits = cells[0].utf8.count
        lengths = CallingCode.lengthSet(cells[2])
        mobileLengths = CallingCode.lengthSet(cells[3])
        trunk = PhoneDigits(cells[4])
        firstDigits = CallingCode.digitSet(cells[5])
        mobileFirstDigits = CallingCode.digitSet(cells[6])
    }

    private static func digitSet(_ text: Substring) -> UInt16 {
        text.utf8.reduce(0) { 0x30...0x39 ~= $1 ? $0 | 1 << UInt16($1 - 0x30) : $0 }
    }

    private static func lengthSet(_ text: Substring) -> UInt32 {
        var set: UInt32 = 0
        for span in text.split(separator: ",") {
            let ends = span.split(separator: "-").compactMap { UInt32($0) }
            guard let low = ends.first, let high = ends.last else { continue }
            for length in low...high { set |= 1 << length }
        }
        return set
    }

    /// How many rows the table has; for the test that none is lost.
    static var count: Int { byCode.count { $0 != nil } }
    /// Rows as they stand in the text.
    static var rows: [Substring] { facts.split(separator: "\n") }

    private static let facts = """
        1 US 10 10 1 23456789 23456789
        7 RU 10 10 8 34789 79
        20 EG 8-10 10 0 12345689 1
        27 ZA 5-9 5-9 0 12345678 15678
        30 GR 10 10 - 2679 69
        31 NL 9,11 9,11 0 123456789 69
        32 BE 8-9 9 0 123456789 4
        33 FR 9 9 0 12345679 67
        34 ES 9 9 - 46789 67
        36 HU 8-9 9 06 123456789 2357
        39 IT 6-12 9-10 - 01345 34
        40 RO 6,9 9 0 237 7
        41 CH 9 9 0 23456789 67
        43 AT 5-13 7-13 0 1234567 6
        44 GB 9-10 10 0 1257 7
        45 DK 8 8 - 23456789 23456789
        46 SE 7-9 9 0 123456789 7
        47 NO 8 8 - 23456789 49
        48 PL 7,9 9 - 123456789 245678
        49 DE 5-13 10-11 0 123456789 1
        51 PE 8-9 9 0 1456789 9
        52 MX 10 10 - 23456789 23456789
        53 CU 6-8,10 8 0 2345678 56
        54 AR 10-11 10-11 0 12369 69
        55 BR 10-11 10-11 0 123456789 123456789
        56 CL 9 9 - 23456789 23456789
        57 CO 8,10 10 0 346 3
        58 VE 10 10 0 2456 4
        60 MY 8-10 9-10 0 13456789 1
        61 AU 9 9 0 23478 4
        62 ID 7-12 9-12 0 23456789 8
        63 PH 6,8-10 10 0 23456789 89
        64 NZ 8-10 8-10 0 234679 2
        65 SG 8 8 - 3689 89
        66 TH 8-9 9 0 123456789 1689
        81 JP 9-10 10 0 123456789 6789
        82 KR 5-6,8-11 9-10 0 1234567 1
        84 VN 9-10 9 0 12356789 135789
        86 CN 7-11 11 0 123456789 1
        90 TR 10 10 0 23458 5
        91 IN 10 10 0 123456789 6789
        92 PK 9-10 10 0 123456789 3
        93 AF 9 9 0 234567 7
        94 LK 9 9 0 123456789 7
        95 MM 6-10 7-10 0 12456789 19
        98 IR 6-7,10 10 0 123456789 9
        211 SS 9 9 0 19 19
        212 MA 9 9 0 5678 67
        213 DZ 8-9 9 0 12345679 567
        216 TN 8 8 - 234579 23459
        218 LY 9 9 0 23456789 9
        220 GM 7,9 7,9 - 23456789 23456789
        221 SN 9 9 - 379 7
        222 MR 8 8 - 234 234
        223 ML 8 8 - 2456789 256789
        224 GN 8-9 9 - 367 6
        225 CI 10 10 - 02 0
        226 BF 8 8 - 024567 04567
        227 NE 8 8 - 2789 2789
        228 TG 8 8 - 279 79
        229 BJ 10 10 - 0 0
        230 MU 7-8 8 - 2345678 57
        231 LR 7-9 7,9 0 2345678 2345678
        232 SL 8 8 0 236789 236789
        233 GH 9 9 0 235 25
        234 NG 10 10 0 2789 789
        235 TD 8 8 - 236789 36789
        236 CF 8 8 - 267 7
        237 CM 9 9 - 26 26
        238 CV 7 7 - 23459 359
        239 ST 7 7 - 29 9
        240 GQ 9 9 - 235 25
        241 GA 7-8 7-8 - 01234567 0234567
        242 CG 9 9 - 02 0
        243 CD 7-10 7,9 0 12345689 89
        244 AO 9 9 - 29 9
        245 GW 7,9 9 - 49 9
        246 IO 7 7 - 3 3
        247 AC 5 5 - 23467 2347
        248 SC 7 7 - 2469 2
        249 SD 9 9 0 19 19
        250 RW 8-9 9 0 027 7
        251 ET 9 9 0 1245789 789
        252 SO 6-9 7-9 0 123456789 12346789
        253 DJ 8 8 - 27 7
        254 KE 7-9 9 0 124567 17
        255 TZ 9 9 0 2467 67
        256 UG 9 9 0 2347 7
        257 BI 8 8 - 2367 267
        258 MZ 8-9 9 - 28 8
        260 ZM 9 9 0 25679 579
        261 MG 9 9 0 23 3
        262 RE 9 9 0 269 6
        263 ZW 9-10 9 0 235678 7
        264 NA 8-9 9 0 68 68
        265 MW 7,9 9 0 123789 123789
        266 LS 8 8 - 256 56
        267 BW 7-8 8 - 234567 7
        268 SZ 8 8 - 237 7
        269 KM 7 7 - 347 34
        290 SH 4-5 5 - 25689 569
        291 ER 7 7 0 178 17
        297 AW 7 7 - 25679 25679
        298 FO 6 6 - 23456789 2579
        299 GL 6 6 - 123456789 245
        350 GI 8 8 - 256 56
        351 PT 9 9 - 2389 9
        352 LU 4-11 9 - 23456789 6
        353 IE 7-10 9 0 12456789 8
        354 IS 7,9 7,9 - 345678 3678
        355 AL 8-9 9 0 2345678 6
        356 MT 8 8 - 279 79
        357 CY 8 8 - 279 9
        358 FI 5-10 6-10 0 12345689 45
        359 BG 6-9 8-9 0 23456789 489
        370 LT 8 8 0 3456789 6
        371 LV 8 8 - 26 2
        372 EE 7-8 7-8 - 345678 58
        373 MD 8 8 0 23567 567
        374 AM 8 8 0 123456789 345789
        375 BY 9 9 8 1234 234
        376 AD 6,9 6,9 - 35678 356
        377 MC 8-9 8-9 0 346789 3467
        378 SM 8,10 8 - 56 6
        380 UA 9 9 0 3456789 35679
        381 RS 7-12 8-10 0 1236 6
        382 ME 8 8 0 234567 6
        383 XK 8-12 8 0 234 4
        385 HR 8-9 8-9 0 1234579 9
        386 SI 8 8 0 12345678 34567
        387 BA 8-9 8-9 0 3456 6
        389 MK 8 8 0 2347 7
        420 CZ 9 9 - 2345679 67
        421 SK 6-7,9 9 0 2345689 9
        423 LI 7,9 7,9 0 2367 67
        500 FK 5 5 - 234567 56
        501 BZ 7 7 - 2345678 6
        502 GT 8 8 - 2345678 3458
        503 SV 8 8 - 2567 567
        504 HN 8 8 - 23789 3789
        505 NI 8 8 - 25678 5678
        506 CR 8 8 - 245678 5678
        507 PA 7-8 7-8 - 123456789 1268
        508 PM 6,9 6,9 0 23456789 23456789
        509 HT 8 8 - 23459 345
        590 GP 9 9 0 5689 6
        591 BO 8 8 0 234567 567
        592 GY 7 7 - 234567 567
        593 EC 8-9 9 0 2345679 9
        594 GF 9 9 0 589 6
        595 PY 7-9 9 0 23456789 9
        596 MQ 9 9 0 5689 6
        597 SR 6-7 7 - 23456789 678
        598 UY 8 8 0 249 9
        599 CW 7-8 7-8 - 3479 3479
        670 TL 7-8 8 - 2347 7
        672 NF 6 6 - 13 13
        673 BN 7 7 - 234578 278
        674 NR 7 7 - 2456789 256789
        675 PG 7-8 8 - 23456789 78
        676 TO 5,7 7 - 23456789 56789
        677 SB 5,7 5,7 - 123456789 46789
        678 VU 5,7 7 - 2345789 578
        679 FJ 7 7 - 23456789 245789
        680 PW 7 7 - 23456789 4678
        681 WF 6 6 - 789 78
        682 CK 5 5 - 234578 578
        683 NU 4,7 4,7 - 45678 568
        685 WS 5-7,10 7,10 - 2345678 78
        686 KI 5,8 8 0 2345678 67
        687 NC 6 6 - 2345789 5789
        688 TV 5-7 6-7 - 279 79
        689 PF 8 8 - 48 8
        690 TK 4-7 4-7 - 2347 7
        691 FM 7 7 - 389 389
        692 MH 7 7 1 23456 2345
        850 KP 8,10 10 0 12345678 1
        852 HK 8 8 - 23456789 456789
        853 MO 8 8 - 268 6
        855 KH 8-9 8-9 0 123456789 136789
        856 LA 8-10 9-10 0 2345678 23
        870 001 9,12 9,12 - 23567 3567
        878 001 12 - - 1 -
        880 BD 6-10 10 0 123456789 1346
        881 001 9-10 9-10 - 01236789 01236789
        882 001 7-12 7-10,12 - 123459 345
        883 001 8-12 - - 12345 -
        886 TW 8-11 9 0 23456789 9
        960 MV 7 7 - 34679 479
        961 LB 7-8 7-8 0 123456789 378
        962 JO 8-9 9 0 234567 47
        963 SY 8-9 9 0 123459 59
        964 IQ 8-10 10 0 1234567 7
        965 KW 8 8 - 24569 4569
        966 SA 9 9 0 15 5
        967 YE 7-9 9 0 1234567 7
        968 OM 8 8 - 279 79
        970 PS 8-9 9 0 24589 5
        971 AE 8-9 9 0 2345679 5
        972 IL 8-9,11-12 9 0 12345789 5
        973 BH 8 8 - 1367 36
        974 QA 8 8 - 34567 3567
        975 BT 7-8 8 - 12345678 178
        976 MN 8-10 8 0 1256789 56789
        977 NP 8,10 10 0 123456789 9
        992 TJ 9 9 - 0123456789 0123456789
        993 TM 8 8 8 1234567 67
        994 AZ 9 9 0 1245679 145679
        995 GE 9 9 0 3457 57
        996 KG 9 9 0 2356789 256789
        998 UZ 9 9 - 2356789 2356789
        """
}
