/// Argentina: area code and line are ten digits, and area codes begin with 11, 2 or 3. A mobile number is marked: `15`
/// between area code and line inside the country (011 15 5555-1234), `9` after the country code from abroad (54 9 11
/// 5555-1234).
///
/// Facts from the metadata of Google's libphonenumber for AR (PyPI `phonenumbers` 9.0.43, with its rule for `15`, read
/// 2026-11). WhatsApp knows these numbers with the 9 and without the 15 (faq.whatsapp.com/1294841057948784, "About
/// international phone number format", read 2026-11).
enum ArgentinianPlan {
    static let code: Int64 = 54
    /// 54 and 9, as a mobile number begins when called from abroad.
    private static let mobileCode: Int64 = 549

    /// The E.164 digits of what follows 54, or of a number written inside the country.
    ///
    /// A mobile number's sign, `9` or `15`, becomes the 9. Without one it may be a fixed line or a mobile number, there
    /// is no way to tell, and it stays as it is.
    static func read(_ number: PhoneDigits) -> Result<Int64, PhoneProblem> {
        var national = withoutTrunk(number)
        var isMobile = national.first == 9
        if isMobile { national = withoutTrunk(national.dropFirst(1)) }
        if !isMobile, isService(national) { return .failure(.serviceNumber) }
        if let line = withoutFifteen(national) { (national, isMobile) = (line, true) }
        guard national.count == 10 else { return .failure(national.count < 10 ? .tooShort : .tooLong) }
        // `(1) 1 5555-1234` lacks a digit, or has one that is not its own.
        if national.hasGap(1) { return .failure(.unknownDDD) }
        // 15 5555-1234 has ten digits as well, but it is the area code that it lacks.
        if national.prefix(2).value == 15 { return .failure(.noDDD) }
        guard startsWithArea(national) else { return .failure(.unknownDDD) }
        return .success(national.preceded(by: isMobile ? mobileCode : code))
    }

    /// What follows 54 has the length and the sign of a mobile number.
    static func isMobile(_ national: PhoneDigits) -> Bool {
        national.count == 11 && national.first == 9 || withoutFifteen(national) != nil
    }

    /// Exactly area code and line. No line begins with 0 or 1, which is why a 15 shows.
    static func isWhole(_ national: PhoneDigits) -> Bool {
        guard national.count == 10, startsWithArea(national) else { return false }
        return national.dropFirst(areaLength(national)).first >= 2
    }

    /// The ten digits of a number with its 15; nil when it has none between an area code that exists and a line.
    static func withoutFifteen(_ national: PhoneDigits) -> PhoneDigits? {
        guard national.count == 12, hasKnownArea(national) else { return nil }
        let area = areaLength(national)
        let line = national.dropFirst(area + 2)
        // `29 341 545-2915` is not area 2934 and a 15.
        guard national.prefix(area).gaps == 0, !national.hasGap(area + 1) else { return nil }
        guard national.dropFirst(area).prefix(2).value == 15, line.first >= 2 else { return nil }
        return PhoneDigits(value: line.preceded(by: national.prefix(area).value), count: 10)
    }

    private static func withoutTrunk(_ number: PhoneDigits) -> PhoneDigits {
        number.count > 1 && number.first == 0 ? number.dropFirst(1) : number
    }

    private static func startsWithArea(_ national: PhoneDigits) -> Bool {
        national.first == 2 || national.first == 3 || national.prefix(2).value == 11
    }

    /// 0800, 0810 and 060x with seven digits, 0800 with eight too: a company's numbers.
    private static func isService(_ national: PhoneDigits) -> Bool {
        let head = national.prefix(3).value
        switch national.count {
        case 10: return head == 800 || head == 810 || 600...609 ~= head
        case 11: return head == 800
        default: return false
        }
    }

    /// The form without the 9 of an Argentine mobile number: area code and line belong to no other number. Nil for
    /// every other value.
    static func withoutNine(_ value: Int64) -> Int64? {
        guard 5_491_000_000_000...5_493_999_999_999 ~= value else { return nil }
        return code * 10_000_000_000 + value % 10_000_000_000
    }
}

/// Argentina's area codes: 11 in Buenos Aires, three digits in the larger cities, four elsewhere. Facts from the
/// metadata of Google's libphonenumber for AR (PyPI `phonenumbers` 9.0.43, the rule for `15`, read 2026-11).
extension ArgentinianPlan {
    /// How many digits the area code has. Some of four digits begin like one of three.
    static func areaLength(_ national: PhoneDigits) -> Int {
        if national.prefix(2).value == 11 { return 2 }
        if fourDigits.contains(national.prefix(4).value) { return 4 }
        return threeDigits.contains(national.prefix(3).value) ? 3 : 4
    }

    static func hasKnownArea(_ national: PhoneDigits) -> Bool {
        national.prefix(2).value == 11 || threeDigits.contains(national.prefix(3).value)
            || fourDigits.contains(national.prefix(4).value)
    }

    private static let threeDigits: Set<Int64> = [
        220, 221, 223, 230, 236, 237, 249, 260, 261, 263, 264, 266, 280, 291, 294, 297, 298, 299, 336, 341, 342, 343,
        345, 348, 351, 353, 358, 362, 364, 370, 376, 379, 380, 381, 383, 385, 387, 388,
    ]

    private static let fourDigits: Set<Int64> = [
        2202, 2221, 2223, 2224, 2225, 2226, 2227, 2229, 2241, 2242, 2243, 2244, 2245, 2246, 2252, 2254, 2255, 2257,
        2261, 2262, 2264, 2265, 2266, 2267, 2268, 2271, 2272, 2273, 2274, 2281, 2283, 2284, 2285, 2286, 2291, 2292,
        2296, 2297, 2302, 2314, 2316, 2317, 2320, 2323, 2324, 2325, 2326, 2331, 2333, 2334, 2335, 2336, 2337, 2338,
        2342, 2343, 2344, 2345, 2346, 2352, 2353, 2354, 2355, 2356, 2357, 2358, 2392, 2393, 2394, 2395, 2396, 2473,
        2474, 2475, 2477, 2478, 2622, 2624, 2625, 2626, 2646, 2647, 2648, 2651, 2655, 2656, 2657, 2658, 2901, 2902,
        2903, 2920, 2921, 2922, 2923, 2924, 2925, 2926, 2927, 2928, 2929, 2931, 2932, 2933, 2934, 2935, 2936, 2940,
        2942, 2945, 2946, 2948, 2952, 2953, 2954, 2962, 2963, 2964, 2966, 2972, 2982, 2983, 3327, 3329, 3382, 3385,
        3387, 3388, 3400, 3401, 3402, 3404, 3405, 3406, 3407, 3408, 3409, 3435, 3436, 3437, 3438, 3442, 3444, 3445,
        3446, 3447, 3454, 3455, 3456, 3458, 3460, 3462, 3463, 3464, 3465, 3466, 3467, 3468, 3469, 3471, 3472, 3476,
        3482, 3483, 3487, 3489, 3491, 3492, 3493, 3496, 3497, 3498, 3521, 3522, 3524, 3525, 3532, 3533, 3537, 3541,
        3542, 3543, 3544, 3546, 3547, 3548, 3549, 3562, 3563, 3564, 3571, 3572, 3573, 3574, 3575, 3576, 3582, 3583,
        3584, 3585, 3711, 3715, 3716, 3718, 3721, 3725, 3731, 3734, 3735, 3741, 3743, 3751, 3754, 3755, 3756, 3757,
        3758, 3772, 3773, 3774, 3775, 3777, 3781, 3782, 3786, 3821, 3825, 3826, 3827, 3832, 3835, 3837, 3838, 3841,
        3843, 3844, 3845, 3846, 3854, 3855, 3856, 3857, 3858, 3861, 3862, 3863, 3865, 3867, 3868, 3869, 3873, 3876,
        3877, 3878, 3885, 3886, 3887, 3888, 3891, 3892, 3894,
    ]
}
