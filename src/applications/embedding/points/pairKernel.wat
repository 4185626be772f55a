(module
  (memory (import "env" "memory") 1 65536 shared)

  ;; C += A·B in float64; rows and columns are multiples of 4. Entry (i + r, t) of A stands at
  ;; a + (i/4)·aPanel + t·aStep + 8r for r < 4, so that A may be panels of four rows or a transposed row-major matrix.
  (func $product
    (param $c i32) (param $cStride i32) (param $a i32) (param $aPanel i32) (param $aStep i32)
    (param $b i32) (param $bStride i32) (param $rows i32) (param $columns i32) (param $inner i32)
    (local $i i32) (local $j i32) (local $t i32) (local $p i32) (local $q i32) (local $r i32)
    (local $b0 v128) (local $b1 v128) (local $s v128)
    (local $c00 v128) (local $c01 v128) (local $c10 v128) (local $c11 v128)
    (local $c20 v128) (local $c21 v128) (local $c30 v128) (local $c31 v128)
    (if (i32.or (i32.eqz (local.get $rows)) (i32.eqz (local.get $inner))) (then (return)))
    (loop $rowTiles
      (local.set $j (i32.const 0))
      (loop $columnTiles
        (local.set $r (i32.add (local.get $c) (i32.mul (local.get $j) (i32.const 8))))
        (local.set $c00 (v128.load (local.get $r))) (local.set $c01 (v128.load offset=16 (local.get $r)))
        (local.set $r (i32.add (local.get $r) (local.get $cStride)))
        (local.set $c10 (v128.load (local.get $r))) (local.set $c11 (v128.load offset=16 (local.get $r)))
        (local.set $r (i32.add (local.get $r) (local.get $cStride)))
        (local.set $c20 (v128.load (local.get $r))) (local.set $c21 (v128.load offset=16 (local.get $r)))
        (local.set $r (i32.add (local.get $r) (local.get $cStride)))
        (local.set $c30 (v128.load (local.get $r))) (local.set $c31 (v128.load offset=16 (local.get $r)))
        (local.set $p (local.get $a))
        (local.set $q (i32.add (local.get $b) (i32.mul (local.get $j) (i32.const 8))))
        (local.set $t (local.get $inner))
        (loop $terms
          (local.set $b0 (v128.load (local.get $q)))
          (local.set $b1 (v128.load offset=16 (local.get $q)))
          (local.set $s (v128.load64_splat (local.get $p)))
          (local.set $c00 (f64x2.add (local.get $c00) (f64x2.mul (local.get $s) (local.get $b0))))
          (local.set $c01 (f64x2.add (local.get $c01) (f64x2.mul (local.get $s) (local.get $b1))))
          (local.set $s (v128.load64_splat offset=8 (local.get $p)))
          (local.set $c10 (f64x2.add (local.get $c10) (f64x2.mul (local.get $s) (local.get $b0))))
          (local.set $c11 (f64x2.add (local.get $c11) (f64x2.mul (local.get $s) (local.get $b1))))
          (local.set $s (v128.load64_splat offset=16 (local.get $p)))
          (local.set $c20 (f64x2.add (local.get $c20) (f64x2.mul (local.get $s) (local.get $b0))))
          (local.set $c21 (f64x2.add (local.get $c21) (f64x2.mul (local.get $s) (local.get $b1))))
          (local.set $s (v128.load64_splat offset=24 (local.get $p)))
          (local.set $c30 (f64x2.add (local.get $c30) (f64x2.mul (local.get $s) (local.get $b0))))
          (local.set $c31 (f64x2.add (local.get $c31) (f64x2.mul (local.get $s) (local.get $b1))))
          (local.set $p (i32.add (local.get $p) (local.get $aStep)))
          (local.set $q (i32.add (local.get $q) (local.get $bStride)))
          (br_if $terms (local.tee $t (i32.sub (local.get $t) (i32.const 1)))))
        (local.set $r (i32.add (local.get $c) (i32.mul (local.get $j) (i32.const 8))))
        (v128.store (local.get $r) (local.get $c00)) (v128.store offset=16 (local.get $r) (local.get $c01))
        (local.set $r (i32.add (local.get $r) (local.get $cStride)))
        (v128.store (local.get $r) (local.get $c10)) (v128.store offset=16 (local.get $r) (local.get $c11))
        (local.set $r (i32.add (local.get $r) (local.get $cStride)))
        (v128.store (local.get $r) (local.get $c20)) (v128.store offset=16 (local.get $r) (local.get $c21))
        (local.set $r (i32.add (local.get $r) (local.get $cStride)))
        (v128.store (local.get $r) (local.get $c30)) (v128.store offset=16 (local.get $r) (local.get $c31))
        (br_if $columnTiles (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 4))) (local.get $columns))))
      (local.set $c (i32.add (local.get $c) (i32.mul (local.get $cStride) (i32.const 4))))
      (local.set $a (i32.add (local.get $a) (local.get $aPanel)))
      (br_if $rowTiles (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (local.get $rows)))))

  ;; Images of the points from (inclusive) to (exclusive), both multiples of 4: Y ← X·Mᵀ.
  ;; x: panels of four points; m: rank × width, row-major; y: points × width, row-major.
  (func (export "embed")
    (param $y i32) (param $x i32) (param $m i32) (param $width i32) (param $rank i32) (param $from i32) (param $to i32)
    (local $row i32)
    (local.set $row (i32.mul (local.get $width) (i32.const 8)))
    (local.set $y (i32.add (local.get $y) (i32.mul (local.get $from) (local.get $row))))
    (memory.fill (local.get $y) (i32.const 0)
      (i32.mul (i32.sub (local.get $to) (local.get $from)) (local.get $row)))
    (call $product (local.get $y) (local.get $row)
      (i32.add (local.get $x) (i32.mul (i32.mul (local.get $from) (local.get $rank)) (i32.const 8)))
      (i32.mul (local.get $rank) (i32.const 32)) (i32.const 32)
      (local.get $m) (local.get $row)
      (i32.sub (local.get $to) (local.get $from)) (local.get $width) (local.get $rank)))

  ;; ratio_p ← |y_i − y_j|²·inverse_p for from ≤ p < to; least and most of them at ends, ends + 8.
  ;; first and second hold byte offsets of rows of y; length is that of a row that counts, a multiple of 16 bytes.
  (func (export "ratios")
    (param $y i32) (param $length i32) (param $first i32) (param $second i32) (param $inverse i32) (param $ratio i32)
    (param $from i32) (param $to i32) (param $ends i32)
    (local $a i32) (local $b i32) (local $end i32) (local $p i32) (local $t v128) (local $sum v128)
    (local $value f64) (local $least f64) (local $most f64)
    (local.set $least (f64.const inf))
    (local.set $p (local.get $from))
    (block $done
      (loop $pairs
        (br_if $done (i32.ge_u (local.get $p) (local.get $to)))
        (local.set $a (i32.add (local.get $y)
          (i32.load (i32.add (local.get $first) (i32.mul (local.get $p) (i32.const 4))))))
        (local.set $b (i32.add (local.get $y)
          (i32.load (i32.add (local.get $second) (i32.mul (local.get $p) (i32.const 4))))))
        (local.set $end (i32.add (local.get $a) (local.get $length)))
        (local.set $sum (v128.const i64x2 0 0))
        (loop $coordinates
          (local.set $t (f64x2.sub (v128.load (local.get $a)) (v128.load (local.get $b))))
          (local.set $sum (f64x2.add (local.get $sum) (f64x2.mul (local.get $t) (local.get $t))))
          (local.set $b (i32.add (local.get $b) (i32.const 16)))
          (br_if $coordinates (i32.lt_u
            (local.tee $a (i32.add (local.get $a) (i32.const 16))) (local.get $end))))
        (local.set $value (f64.mul
          (f64.add (f64x2.extract_lane 0 (local.get $sum)) (f64x2.extract_lane 1 (local.get $sum)))
          (f64.load (i32.add (local.get $inverse) (i32.mul (local.get $p) (i32.const 8))))))
        (f64.store (i32.add (local.get $ratio) (i32.mul (local.get $p) (i32.const 8))) (local.get $value))
        (local.set $least (f64.min (local.get $least) (local.get $value)))
        (local.set $most (f64.max (local.get $most) (local.get $value)))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $pairs)))
    (f64.store (local.get $ends) (local.get $least))
    (f64.store offset=8 (local.get $ends) (local.get $most)))

  ;; power_p ← weight_p·[(ratio_p·inverseMost)^β, (least/ratio_p)^β], β = 2^doublings; their sums at sums, sums + 8.
  (func (export "powers")
    (param $ratio i32) (param $weight i32) (param $power i32) (param $inverseMost f64) (param $least f64)
    (param $doublings i32) (param $from i32) (param $to i32) (param $sums i32)
    (local $p i32) (local $j i32) (local $value f64) (local $both v128) (local $sum v128)
    (local.set $p (local.get $from))
    (block $done
      (loop $pairs
        (br_if $done (i32.ge_u (local.get $p) (local.get $to)))
        (local.set $value (f64.load (i32.add (local.get $ratio) (i32.mul (local.get $p) (i32.const 8)))))
        (local.set $both (f64x2.replace_lane 1
          (f64x2.splat (f64.mul (local.get $value) (local.get $inverseMost)))
          (f64.div (local.get $least) (local.get $value))))
        (local.set $j (local.get $doublings))
        (block $raised
          (loop $squares
            (br_if $raised (i32.eqz (local.get $j)))
            (local.set $both (f64x2.mul (local.get $both) (local.get $both)))
            (local.set $j (i32.sub (local.get $j) (i32.const 1)))
            (br $squares)))
        (local.set $both (f64x2.mul (local.get $both)
          (v128.load64_splat (i32.add (local.get $weight) (i32.mul (local.get $p) (i32.const 8))))))
        (v128.store (i32.add (local.get $power) (i32.mul (local.get $p) (i32.const 16))) (local.get $both))
        (local.set $sum (f64x2.add (local.get $sum) (local.get $both)))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $pairs)))
    (v128.store (local.get $sums) (local.get $sum)))

  ;; pull ← Σ_p slope_p·2·inverse_p/ratio_p·(y_i − y_j)(e_i − e_j)ᵀ over from ≤ p < to, where
  ;; slope_p = power_p,0·highScale − power_p,1·lowScale; slopes below negligible are left out. pullBytes is its size.
  (func (export "pull")
    (param $y i32) (param $pull i32) (param $pullBytes i32) (param $length i32) (param $first i32) (param $second i32)
    (param $inverse i32) (param $ratio i32) (param $power i32) (param $highScale f64) (param $lowScale f64)
    (param $negligible f64) (param $from i32) (param $to i32)
    (local $p i32) (local $i i32) (local $j i32) (local $a i32) (local $b i32) (local $end i32)
    (local $slope f64) (local $scale v128) (local $t v128)
    (memory.fill (local.get $pull) (i32.const 0) (local.get $pullBytes))
    (local.set $p (local.get $from))
    (block $done
      (loop $pairs
        (br_if $done (i32.ge_u (local.get $p) (local.get $to)))
        (local.set $a (i32.add (local.get $power) (i32.mul (local.get $p) (i32.const 16))))
        (local.set $slope (f64.sub
          (f64.mul (f64.load (local.get $a)) (local.get $highScale))
          (f64.mul (f64.load offset=8 (local.get $a)) (local.get $lowScale))))
        (if (f64.ge (f64.abs (local.get $slope)) (local.get $negligible))
          (then
            (local.set $scale (f64x2.splat (f64.div
              (f64.mul (f64.mul (f64.const 2) (local.get $slope))
                (f64.load (i32.add (local.get $inverse) (i32.mul (local.get $p) (i32.const 8)))))
              (f64.load (i32.add (local.get $ratio) (i32.mul (local.get $p) (i32.const 8)))))))
            (local.set $i (i32.load (i32.add (local.get $first) (i32.mul (local.get $p) (i32.const 4)))))
            (local.set $j (i32.load (i32.add (local.get $second) (i32.mul (local.get $p) (i32.const 4)))))
            (local.set $a (i32.add (local.get $y) (local.get $i)))
            (local.set $b (i32.add (local.get $y) (local.get $j)))
            (local.set $i (i32.add (local.get $pull) (local.get $i)))
            (local.set $j (i32.add (local.get $pull) (local.get $j)))
            (local.set $end (i32.add (local.get $a) (local.get $length)))
            (loop $coordinates
              (local.set $t (f64x2.mul (local.get $scale)
                (f64x2.sub (v128.load (local.get $a)) (v128.load (local.get $b)))))
              (v128.store (local.get $i) (f64x2.add (v128.load (local.get $i)) (local.get $t)))
              (v128.store (local.get $j) (f64x2.sub (v128.load (local.get $j)) (local.get $t)))
              (local.set $b (i32.add (local.get $b) (i32.const 16)))
              (local.set $i (i32.add (local.get $i) (i32.const 16)))
              (local.set $j (i32.add (local.get $j) (i32.const 16)))
              (br_if $coordinates (i32.lt_u
                (local.tee $a (i32.add (local.get $a) (i32.const 16))) (local.get $end))))))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $pairs))))

  ;; out ← Xᵀ·Σ_parts pull over the points from ≤ i < to, in runs of 64 points that stay in the first cache.
  ;; x: points × columns, row-major; pulls: parts arrays of points × width, pullBytes apart; out: columns × width.
  ;; The sum of the pulls is left in the first of them.
  (func (export "collect")
    (param $out i32) (param $x i32) (param $columns i32) (param $pulls i32) (param $pullBytes i32) (param $parts i32)
    (param $width i32) (param $from i32) (param $to i32)
    (local $row i32) (local $xRow i32) (local $at i32) (local $end i32) (local $other i32) (local $part i32)
    (local $run i32)
    (local.set $row (i32.mul (local.get $width) (i32.const 8)))
    (local.set $xRow (i32.mul (local.get $columns) (i32.const 8)))
    (memory.fill (local.get $out) (i32.const 0) (i32.mul (local.get $columns) (local.get $row)))
    (block $done
      (loop $runs
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $run (i32.sub (local.get $to) (local.get $from)))
        (if (i32.gt_u (local.get $run) (i32.const 64)) (then (local.set $run (i32.const 64))))
        (local.set $part (i32.const 1))
        (block $added
          (loop $others
            (br_if $added (i32.ge_u (local.get $part) (local.get $parts)))
            (local.set $at (i32.add (local.get $pulls) (i32.mul (local.get $from) (local.get $row))))
            (local.set $end (i32.add (local.get $at) (i32.mul (local.get $run) (local.get $row))))
            (local.set $other (i32.add (local.get $at) (i32.mul (local.get $part) (local.get $pullBytes))))
            (loop $entries
              (v128.store (local.get $at)
                (f64x2.add (v128.load (local.get $at)) (v128.load (local.get $other))))
              (local.set $other (i32.add (local.get $other) (i32.const 16)))
              (br_if $entries (i32.lt_u
                (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
            (local.set $part (i32.add (local.get $part) (i32.const 1)))
            (br $others)))
        (call $product (local.get $out) (local.get $row)
          (i32.add (local.get $x) (i32.mul (local.get $from) (local.get $xRow))) (i32.const 32) (local.get $xRow)
          (i32.add (local.get $pulls) (i32.mul (local.get $from) (local.get $row))) (local.get $row)
          (local.get $columns) (local.get $width) (local.get $run))
        (local.set $from (i32.add (local.get $from) (local.get $run)))
        (br $runs))))

  ;; out_j−from ← |x_i − x_j|² for from ≤ j < to, four rows at a time: up to three more entries are written, so x has
  ;; three rows of zeros at its end. row: bytes of a row; length: those of them that count, a multiple of 16.
  (func (export "distances")
    (param $out i32) (param $x i32) (param $row i32) (param $length i32) (param $i i32) (param $from i32) (param $to i32)
    (local $a i32) (local $b0 i32) (local $b1 i32) (local $b2 i32) (local $b3 i32) (local $end i32)
    (local $v v128) (local $t v128) (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (block $done
      (loop $fours
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $a (i32.add (local.get $x) (i32.mul (local.get $i) (local.get $row))))
        (local.set $b0 (i32.add (local.get $x) (i32.mul (local.get $from) (local.get $row))))
        (local.set $b1 (i32.add (local.get $b0) (local.get $row)))
        (local.set $b2 (i32.add (local.get $b1) (local.get $row)))
        (local.set $b3 (i32.add (local.get $b2) (local.get $row)))
        (local.set $end (i32.add (local.get $a) (local.get $length)))
        (local.set $s0 (v128.const i64x2 0 0)) (local.set $s1 (v128.const i64x2 0 0))
        (local.set $s2 (v128.const i64x2 0 0)) (local.set $s3 (v128.const i64x2 0 0))
        (loop $coordinates
          (local.set $v (v128.load (local.get $a)))
          (local.set $t (f64x2.sub (local.get $v) (v128.load (local.get $b0))))
          (local.set $s0 (f64x2.add (local.get $s0) (f64x2.mul (local.get $t) (local.get $t))))
          (local.set $t (f64x2.sub (local.get $v) (v128.load (local.get $b1))))
          (local.set $s1 (f64x2.add (local.get $s1) (f64x2.mul (local.get $t) (local.get $t))))
          (local.set $t (f64x2.sub (local.get $v) (v128.load (local.get $b2))))
          (local.set $s2 (f64x2.add (local.get $s2) (f64x2.mul (local.get $t) (local.get $t))))
          (local.set $t (f64x2.sub (local.get $v) (v128.load (local.get $b3))))
          (local.set $s3 (f64x2.add (local.get $s3) (f64x2.mul (local.get $t) (local.get $t))))
          (local.set $b0 (i32.add (local.get $b0) (i32.const 16)))
          (local.set $b1 (i32.add (local.get $b1) (i32.const 16)))
          (local.set $b2 (i32.add (local.get $b2) (i32.const 16)))
          (local.set $b3 (i32.add (local.get $b3) (i32.const 16)))
          (br_if $coordinates (i32.lt_u
            (local.tee $a (i32.add (local.get $a) (i32.const 16))) (local.get $end))))
        (f64.store (local.get $out)
          (f64.add (f64x2.extract_lane 0 (local.get $s0)) (f64x2.extract_lane 1 (local.get $s0))))
        (f64.store offset=8 (local.get $out)
          (f64.add (f64x2.extract_lane 0 (local.get $s1)) (f64x2.extract_lane 1 (local.get $s1))))
        (f64.store offset=16 (local.get $out)
          (f64.add (f64x2.extract_lane 0 (local.get $s2)) (f64x2.extract_lane 1 (local.get $s2))))
        (f64.store offset=24 (local.get $out)
          (f64.add (f64x2.extract_lane 0 (local.get $s3)) (f64x2.extract_lane 1 (local.get $s3))))
        (local.set $out (i32.add (local.get $out) (i32.const 32)))
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (br $fours))))
)
