;; The two passes of the bilinear resize of resize-linear.ts, four samples at a time (WebAssembly SIMD).
;; Same integers, same results; `npm run kernels` assembles it into resize-kernel-bytes.ts.
(module
  (import "env" "memory" (memory 1))

  ;; Horizontal pass of one source row.
  ;; $taps: per column 12 bytes: offset of the first and second neighbour in the row, and their weights as two i16.
  ;; $out: per column four i32, the upper 15 of 19 bits; the fourth lane is whatever followed the pixel.
  (func (export "horizontal") (param $row i32) (param $taps i32) (param $columns i32) (param $out i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $taps) (i32.mul (local.get $columns) (i32.const 12))))
    (loop $next
      (v128.store (local.get $out)
        (i32x4.shr_s
          (i32x4.dot_i16x8_s
            (i16x8.extend_low_i8x16_u
              ;; The bytes of both neighbours in turn: red red green green blue blue.
              (i8x16.shuffle 0 16 1 17 2 18 3 19 0 0 0 0 0 0 0 0
                (v128.load32_zero (i32.add (local.get $row) (i32.load (local.get $taps))))
                (v128.load32_zero (i32.add (local.get $row) (i32.load offset=4 (local.get $taps))))))
            (v128.load32_splat offset=8 (local.get $taps)))
          (i32.const 4)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $taps (i32.add (local.get $taps) (i32.const 12)))
      (br_if $next (i32.lt_u (local.get $taps) (local.get $end)))))

  ;; Four levels as shares of 255.
  (func $unit (param $levels v128) (result v128)
    (f32x4.div (f32x4.convert_i32x4_u (local.get $levels)) (v128.const f32x4 255 255 255 255)))

  ;; A row of RGB samples that keeps its size, into three planes of floats as below. Four columns at a time: `$plane` must leave
  ;; room for whole fours.
  (func (export "plain") (param $row i32) (param $columns i32) (param $red i32) (param $plane i32)
    (local $end i32) (local $green i32) (local $samples v128)
    (local.set $end (i32.add (local.get $red) (i32.shl (local.get $columns) (i32.const 2))))
    (loop $next
      (local.set $samples (v128.load align=1 (local.get $row)))
      (local.set $green (i32.add (local.get $red) (local.get $plane)))
      (v128.store (local.get $red)
        (call $unit (i8x16.swizzle (local.get $samples)
          (v128.const i8x16 0 -1 -1 -1 3 -1 -1 -1 6 -1 -1 -1 9 -1 -1 -1))))
      (v128.store (local.get $green)
        (call $unit (i8x16.swizzle (local.get $samples)
          (v128.const i8x16 1 -1 -1 -1 4 -1 -1 -1 7 -1 -1 -1 10 -1 -1 -1))))
      (v128.store (i32.add (local.get $green) (local.get $plane))
        (call $unit (i8x16.swizzle (local.get $samples)
          (v128.const i8x16 2 -1 -1 -1 5 -1 -1 -1 8 -1 -1 -1 11 -1 -1 -1))))
      (local.set $row (i32.add (local.get $row) (i32.const 12)))
      (local.set $red (i32.add (local.get $red) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $red) (local.get $end)))))

  ;; One pixel of the vertical pass: round, and divide by 255.
  (func $blend (param $upper i32) (param $lower i32) (param $upperWeight v128) (param $lowerWeight v128) (result v128)
    (f32x4.div
      (f32x4.convert_i32x4_s
        (i32x4.shr_s
          (i32x4.add
            (i32x4.add
              (i32x4.shr_s (i32x4.mul (v128.load (local.get $upper)) (local.get $upperWeight)) (i32.const 16))
              (i32x4.shr_s (i32x4.mul (v128.load (local.get $lower)) (local.get $lowerWeight)) (i32.const 16)))
            (v128.const i32x4 2 2 2 2))
          (i32.const 2)))
      (v128.const f32x4 255 255 255 255)))

  ;; Vertical pass of one row into three planes of floats, `$plane` bytes apart; `$red` is where its red samples go.
  (func (export "vertical") (param $upper i32) (param $lower i32) (param $upperWeight i32) (param $lowerWeight i32)
    (param $columns i32) (param $red i32) (param $plane i32)
    (local $uw v128) (local $lw v128) (local $fours i32) (local $green i32) (local $blue i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $ab v128) (local $cd v128)
    (local.set $uw (i32x4.splat (local.get $upperWeight)))
    (local.set $lw (i32x4.splat (local.get $lowerWeight)))
    (local.set $green (i32.add (local.get $red) (local.get $plane)))
    (local.set $blue (i32.add (local.get $green) (local.get $plane)))
    (local.set $fours (i32.shr_u (local.get $columns) (i32.const 2)))
    (block $noFours
      (br_if $noFours (i32.eqz (local.get $fours)))
      (loop $next
        (local.set $a (call $blend (local.get $upper) (local.get $lower) (local.get $uw) (local.get $lw)))
        (local.set $b (call $blend (i32.add (local.get $upper) (i32.const 16)) (i32.add (local.get $lower) (i32.const 16)) (local.get $uw) (local.get $lw)))
        (local.set $c (call $blend (i32.add (local.get $upper) (i32.const 32)) (i32.add (local.get $lower) (i32.const 32)) (local.get $uw) (local.get $lw)))
        (local.set $d (call $blend (i32.add (local.get $upper) (i32.const 48)) (i32.add (local.get $lower) (i32.const 48)) (local.get $uw) (local.get $lw)))
        ;; Four pixels become four samples of each plane: red a, red b, green a, green b | the same of c and d.
        (local.set $ab (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b)))
        (local.set $cd (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d)))
        (v128.store align=4 (local.get $red)
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $ab) (local.get $cd)))
        (v128.store align=4 (local.get $green)
          (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $ab) (local.get $cd)))
        (v128.store align=4 (local.get $blue)
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
            (i8x16.shuffle 8 9 10 11 24 25 26 27 0 0 0 0 0 0 0 0 (local.get $a) (local.get $b))
            (i8x16.shuffle 8 9 10 11 24 25 26 27 0 0 0 0 0 0 0 0 (local.get $c) (local.get $d))))
        (local.set $upper (i32.add (local.get $upper) (i32.const 64)))
        (local.set $lower (i32.add (local.get $lower) (i32.const 64)))
        (local.set $red (i32.add (local.get $red) (i32.const 16)))
        (local.set $green (i32.add (local.get $green) (i32.const 16)))
        (local.set $blue (i32.add (local.get $blue) (i32.const 16)))
        (local.set $fours (i32.sub (local.get $fours) (i32.const 1)))
        (br_if $next (local.get $fours))))
    (local.set $columns (i32.and (local.get $columns) (i32.const 3)))
    (block $done
      (loop $one
        (br_if $done (i32.eqz (local.get $columns)))
        (local.set $a (call $blend (local.get $upper) (local.get $lower) (local.get $uw) (local.get $lw)))
        (f32.store (local.get $red) (f32x4.extract_lane 0 (local.get $a)))
        (f32.store (local.get $green) (f32x4.extract_lane 1 (local.get $a)))
        (f32.store (local.get $blue) (f32x4.extract_lane 2 (local.get $a)))
        (local.set $upper (i32.add (local.get $upper) (i32.const 16)))
        (local.set $lower (i32.add (local.get $lower) (i32.const 16)))
        (local.set $red (i32.add (local.get $red) (i32.const 4)))
        (local.set $green (i32.add (local.get $green) (i32.const 4)))
        (local.set $blue (i32.add (local.get $blue) (i32.const 4)))
        (local.set $columns (i32.sub (local.get $columns) (i32.const 1)))
        (br $one)))))
