#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The standard normal distribution.
enum Normal {
    /// The value below which this share lies; `share` is between 0 and 1, neither of them.
    ///
    /// M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution" (1988), PPND16: relative
    /// error about 10⁻¹⁶. One uniform number makes one value and a larger one a larger value, so plans that are compared
    /// stay in step.
    static func quantile(_ share: Double) -> Double {
        let q = share - 0.5
        if q.magnitude <= 0.425 {
            let r = 0.180625 - q * q
            return q * polynomial(centreAbove, r) / polynomial(centreBelow, r)
        }
        var r = (-log(q < 0 ? share : 1 - share)).squareRoot()
        let value: Double
        if r <= 5 {
            r -= 1.6
            value = polynomial(flankAbove, r) / polynomial(flankBelow, r)
        } else {
            r -= 5
            value = polynomial(tailAbove, r) / polynomial(tailBelow, r)
        }
        return q < 0 ? -value : value
    }

    private typealias Eight = (Double, Double, Double, Double, Double, Double, Double, Double)

    private static func polynomial(_ c: Eight, _ x: Double) -> Double {
        ((((((c.7 * x + c.6) * x + c.5) * x + c.4) * x + c.3) * x + c.2) * x + c.1) * x + c.0
    }

    private static let centreAbove: Eight = (
        3.387_132_872_796_366_6, 133.141_667_891_784_38, 1_971.590_950_306_551_4, 13_731.693_765_509_461,
        45_921.953_931_549_871, 67_265.770_927_008_7, 33_430.575_583_588_128, 2_509.080_928_730_122_7
    )
    private static let centreBelow: Eight = (
        1, 42.313_330_701_600_911, 687.187_007_492_057_9, 5_394.196_021_424_751_1,
        21_213.794_301_586_597, 39_307.895_800_092_71, 28_729.085_735_721_943, 5_226.495_278_852_854_6
    )
    private static let flankAbove: Eight = (
        1.423_437_110_749_683_6, 4.630_337_846_156_545_3, 5.769_497_221_460_691_4, 3.647_848_324_763_204_6,
        1.270_458_252_452_368_4, 0.241_780_725_177_450_6, 0.022_723_844_989_269_184, 7.745_450_142_783_414e-4
    )
    private static let flankBelow: Eight = (
        1, 2.053_191_626_637_759, 1.676_384_830_183_803_8, 0.689_767_334_985_1,
        0.148_103_976_427_480_07, 0.015_198_666_563_616_457, 5.475_938_084_995_345e-4, 1.050_750_071_644_416_9e-9
    )
    private static let tailAbove: Eight = (
        6.657_904_643_501_103, 5.463_784_911_164_114, 1.784_826_539_917_291_3, 0.296_560_571_828_504_87,
        0.026_532_189_526_576_124, 0.001_242_660_947_388_078_4, 2.711_555_568_743_487_6e-5, 2.010_334_399_292_288e-7
    )
    private static let tailBelow: Eight = (
        1, 0.599_832_206_555_888, 0.136_929_880_922_735_8, 0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4, 1.846_318_317_510_054_7e-5, 1.421_511_758_316_446e-7, 2.044_263_103_389_939_8e-15
    )
}
