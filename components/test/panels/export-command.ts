/** What makes an .onnx of a .pt with the Ultralytics package. */
export const exportCommand = 'yolo export model=yolo11n.pt format=onnx';
